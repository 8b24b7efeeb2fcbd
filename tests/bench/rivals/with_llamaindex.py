"""LlamaIndex, as its starter example has it: its own splitter (1,024 tokens) and vector store."""

from llama_index.core import Document, Settings, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from measured import MODEL, main


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
    retriever = index.as_retriever()
    return lambda question, _day: [found.node.get_content() for found in retriever.retrieve(question)]


main(build, opened)
