FROM python:3.11-slim AS build
WORKDIR /src
COPY . .
# torch for Linux brings gigabytes of GPU libraries that a bot does not need: name PyTorch's index of CPU
# builds here (`--build-arg PIP_EXTRA_INDEX_URL=...`) to leave them out.
ARG PIP_EXTRA_INDEX_URL
RUN python -m venv /opt/verbatim \
    && /opt/verbatim/bin/pip install --no-cache-dir --no-deps --require-hashes --requirement requirements.txt \
    && /opt/verbatim/bin/pip install --no-cache-dir .

FROM python:3.11-slim
RUN useradd --uid 10001 --create-home verbatim \
    && install -d -o verbatim -g verbatim /data
COPY --from=build /opt/verbatim /opt/verbatim
ENV PATH=/opt/verbatim/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    VERBATIM_DATA=/data
USER verbatim
WORKDIR /home/verbatim
VOLUME /data
STOPSIGNAL SIGTERM
ENTRYPOINT ["verbatim"]
CMD ["run"]
