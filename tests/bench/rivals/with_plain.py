"""sentence-transformers and FAISS alone: every sentence a vector, an exact index, the ten nearest shown."""

import json
import re

import faiss
from measured import CROSS_ENCODER, MODEL, READ, main
from sentence_transformers import CrossEncoder, SentenceTransformer

SHOWN = 10
_END = re.compile(r"(?<=[.!?])\s+|\n+")


def build(articles, folder):
    model = SentenceTransformer(MODEL, device="cpu")
    sentences = [
        piece.strip()
        for article in articles
        for piece in (article["title"], *_END.split(article["text"]))
        if piece.strip()
    ]
    vectors = model.encode(sentences, normalize_embeddings=True)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    faiss.write_index(index, str(folder / "index.faiss"))
    (folder / "sentences.json").write_text(json.dumps(sentences), encoding="utf-8")


def opened(folder):
    model = SentenceTransformer(MODEL, device="cpu")
    index = faiss.read_index(str(folder / "index.faiss"))
    sentences = json.loads((folder / "sentences.json").read_text(encoding="utf-8"))

    def nearest(question, many):
        _, places = index.search(model.encode([question], normalize_embeddings=True), many)
        return [sentences[place] for place in places[0]]

    if not CROSS_ENCODER:
        return lambda question, _day: nearest(question, SHOWN)
    reranker = CrossEncoder(CROSS_ENCODER, device="cpu", trust_remote_code=True)

    def ask(question, _day):
        found = nearest(question, READ)
        return [found[hit["corpus_id"]] for hit in reranker.rank(question, found, top_k=SHOWN)]

    return ask


main(build, opened)
