"""LangChain and FAISS, as its tutorial on semantic search has it: chunks of 1,000 characters that share 200."""

from langchain_community.vectorstores import FAISS
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from measured import CROSS_ENCODER, MODEL, READ, main


def build(articles, folder):
    documents = [
        Document(page_content=f"{article['title']}\n\n{article['text']}", metadata={"source": article["url"]})
        for article in articles
    ]
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    store = FAISS.from_documents(splitter.split_documents(documents), _embeddings())
    store.save_local(str(folder))


def opened(folder):
    store = FAISS.load_local(str(folder), _embeddings(), allow_dangerous_deserialization=True)
    if not CROSS_ENCODER:
        return lambda question, _day: [found.page_content for found in store.similarity_search(question)]
    retriever = _reranked(store.as_retriever(search_kwargs={"k": READ}))
    return lambda question, _day: [found.page_content for found in retriever.invoke(question)]


def _reranked(retriever):
    """As its guide to cross-encoders has it."""
    from langchain_classic.retrievers import ContextualCompressionRetriever
    from langchain_classic.retrievers.document_compressors import CrossEncoderReranker
    from langchain_community.cross_encoders import HuggingFaceCrossEncoder

    settings = {"device": "cpu", "trust_remote_code": True}
    model = HuggingFaceCrossEncoder(model_name=CROSS_ENCODER, model_kwargs=settings)
    return ContextualCompressionRetriever(
        base_compressor=CrossEncoderReranker(model=model), base_retriever=retriever
    )


def _embeddings():
    return HuggingFaceEmbeddings(model_name=MODEL, model_kwargs={"device": "cpu"})


main(build, opened)
