"""LlamaIndex, as its starter example has it: its own splitter (1,024 tokens) and vector store."""

from llama_index.core import Document, Settings, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from measured import CROSS_ENCODER, MODEL, READ, main


def build(articles, folder):
    Settings.embed_model = HuggingFaceEmbedding(model_name=MODEL, device="cpu")
    documents = [
        Document(text=f"{article['title']}\n\n{article['text']}", metadata={"source": article["url"]})
        for article in articles
    ]
    VectorStoreIndex.from_documents(documents).storage_context.persist(str(folder))


def opened(folder):
    Settings.embed_model = HuggingFaceEmbedding(model_name=MODEL, device="cpu")
    index = load_index_from_storage(StorageContext.from_defaults(persist_dir=str(folder)))
    if not CROSS_ENCODER:
        retriever = index.as_retriever()
        return lambda question, _day: _texts(retriever.retrieve(question))
    from llama_index.core.postprocessor import SentenceTransformerRerank

    retriever = index.as_retriever(similarity_top_k=READ)
    reranker = SentenceTransformerRerank(model=CROSS_ENCODER, device="cpu", trust_remote_code=True)
    return lambda question, _day: _texts(
        reranker.postprocess_nodes(retriever.retrieve(question), query_str=question)
    )


def _texts(found):
    return [one.node.get_content() for one in found]


main(build, opened)
