"""txtai, as its guide to embeddings has it: hybrid search with the text kept, over the paragraphs of articles."""

from measured import CROSS_ENCODER, MODEL, READ, main
from txtai import Embeddings


def build(articles, folder):
    paragraphs = [
        piece.strip()
        for article in articles
        for piece in (article["title"], *article["text"].split("\n"))
        if piece.strip()
    ]
    embeddings = Embeddings(path=MODEL, hybrid=True, content=True, gpu=False)
    embeddings.index(paragraphs)
    embeddings.save(str(folder))


def opened(folder):
    embeddings = Embeddings(gpu=False)
    embeddings.load(str(folder))
    if not CROSS_ENCODER:
        return lambda question, _day: [found["text"] for found in embeddings.search(question, 10)]
    from transformers import pipeline
    from txtai.pipeline import Reranker, Similarity

    # Its own pipeline cuts nothing, and fails at a paragraph that is longer than the model reads.
    model = pipeline(
        "text-classification", CROSS_ENCODER, truncation=True, trust_remote_code=True, device="cpu"
    )
    ranker = Reranker(embeddings, Similarity(model=model, crossencode=True, gpu=False))
    return lambda question, _day: [found["text"] for found in ranker(question, limit=READ // 2, factor=2)]


main(build, opened)
