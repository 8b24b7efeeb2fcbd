# Three stages: the first has torch, and exports the sentence encoder for the others, which have neither torch nor
# sentence-transformers: the exported encoder and the reader run in ONNX Runtime.
FROM python:3.11-slim AS encoder
WORKDIR /src
COPY requirements.txt .
# torch for Linux brings gigabytes of GPU libraries that this stage does not need: name PyTorch's index of CPU
# builds here (`--build-arg PIP_EXTRA_INDEX_URL=...`) to leave them out.
ARG PIP_EXTRA_INDEX_URL
RUN python -m venv /opt/encoder \
    && /opt/encoder/bin/pip install --no-cache-dir --no-deps --require-hashes --requirement requirements.txt \
    && /opt/encoder/bin/pip install --no-cache-dir torch==2.13.0
# ONNX Runtime's wheels report their use to its maker unless this is set before they are loaded.
ENV ORT_DISABLE_TELEMETRY=1
COPY index index
RUN /opt/encoder/bin/python -c "from index.encoding.encoder import installed_exports, load_encoder; \
load_encoder(None, installed_exports())" \
    && chmod -R a+rX /opt/encoder/share/verbatim

FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements-image.txt .
RUN python -m venv /opt/verbatim \
    && /opt/verbatim/bin/pip install --no-cache-dir --no-deps --require-hashes --requirement requirements-image.txt
COPY . .
RUN /opt/verbatim/bin/pip install --no-cache-dir --no-deps . \
    && /opt/verbatim/bin/pip uninstall --yes setuptools pip
COPY --from=encoder /opt/encoder/share/verbatim /opt/verbatim/share/verbatim

FROM python:3.11-slim
RUN useradd --uid 10001 --create-home verbatim \
    && install -d -o verbatim -g verbatim /data
COPY --from=build /opt/verbatim /opt/verbatim
# Health and metrics are served within the container alone, for the health check below. Publish them with
# VERBATIM_HTTP=0.0.0.0:9464 and a port that is bound to the host's 127.0.0.1.
ENV PATH=/opt/verbatim/bin:$PATH \
    ORT_DISABLE_TELEMETRY=1 \
    PYTHONUNBUFFERED=1 \
    VERBATIM_DATA=/data \
    VERBATIM_HTTP=127.0.0.1:9464
USER verbatim
WORKDIR /home/verbatim
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=2m CMD ["python", "-c", "\
import os, urllib.request; \
port = os.environ['VERBATIM_HTTP'].rpartition(':')[2]; \
urllib.request.urlopen(f'http://127.0.0.1:{port}/healthz', timeout=4) if port else None"]
ENTRYPOINT ["verbatim"]
CMD ["run"]
