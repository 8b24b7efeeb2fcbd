"""Haystack, as its tutorial on hybrid retrieval has it, but for the re-ranker: a second model, not to be had here."""

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.utils import ComponentDevice
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)
from measured import MODEL, main

EMBEDDER = {"model": MODEL, "device": ComponentDevice.from_str("cpu"), "progress_bar": False}


def build(articles, folder):
    store = InMemoryDocumentStore()
    indexing = Pipeline()
    indexing.add_component("splitter", DocumentSplitter())  # by 200 words
    indexing.add_component("embedder", SentenceTransformersDocumentEmbedder(**EMBEDDER))
    indexing.add_component("writer", DocumentWriter(store))
    indexing.connect("splitter", "embedder")
    indexing.connect("embedder", "writer")
    documents = [
        Document(content=f"{article['title']}\n\n{article['text']}", meta={"source": article["url"]})
        for article in articles
    ]
    indexing.run({"splitter": {"documents": documents}})
    store.save_to_disk(str(folder / "store.json"))


def opened(folder):
    store = InMemoryDocumentStore.load_from_disk(str(folder / "store.json"))
    asking = Pipeline()
    asking.add_component("embedder", SentenceTransformersTextEmbedder(**EMBEDDER))
    asking.add_component("vectors", InMemoryEmbeddingRetriever(store))
    asking.add_component("words", InMemoryBM25Retriever(store))
    asking.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
    asking.connect("embedder.embedding", "vectors.query_embedding")
    asking.connect("vectors", "joiner")
    asking.connect("words", "joiner")

    def ask(question, _day):
        found = asking.run({"embedder": {"text": question}, "words": {"query": question}})
        return [document.content for document in found["joiner"]["documents"]]

    return ask


main(build, opened)
