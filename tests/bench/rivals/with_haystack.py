"""Haystack, as its tutorial on hybrid retrieval has it; with the re-ranker at its end where there is a cross-encoder."""

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
from measured import CROSS_ENCODER, MODEL, READ, main

CPU = ComponentDevice.from_str("cpu")
EMBEDDER = {"model": MODEL, "device": CPU, "progress_bar": False}


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
    many = {"top_k": READ} if CROSS_ENCODER else {}
    asking = Pipeline()
    asking.add_component("embedder", SentenceTransformersTextEmbedder(**EMBEDDER))
    asking.add_component("vectors", InMemoryEmbeddingRetriever(store, **many))
    asking.add_component("words", InMemoryBM25Retriever(store, **many))
    asking.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion", **many))
    asking.connect("embedder.embedding", "vectors.query_embedding")
    asking.connect("vectors", "joiner")
    asking.connect("words", "joiner")
    if CROSS_ENCODER:
        _add_ranker(asking)

    def ask(question, _day):
        given = {"embedder": {"text": question}, "words": {"query": question}}
        if CROSS_ENCODER:
            given["ranker"] = {"query": question}
        found = asking.run(given)
        return [document.content for document in found["ranker" if CROSS_ENCODER else "joiner"]["documents"]]

    return ask


def _add_ranker(asking):
    from haystack_integrations.components.rankers.sentence_transformers import (
        SentenceTransformersSimilarityRanker,
    )

    ranker = SentenceTransformersSimilarityRanker(model=CROSS_ENCODER, device=CPU, trust_remote_code=True)
    asking.add_component("ranker", ranker)
    asking.connect("joiner", "ranker")


main(build, opened)
