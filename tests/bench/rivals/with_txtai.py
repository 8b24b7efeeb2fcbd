"""txtai, as its guide to embeddings has it: hybrid search with the text kept, over the paragraphs of articles."""

from measured import MODEL, main
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
    return lambda question, _day: [found["text"] for found in embeddings.search(question, 10)]


main(build, opened)
