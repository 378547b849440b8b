# Training pods: the command line with TensorFlow for GPUs and the CUDA 12 libraries that its wheel was built with. The driver comes from the node.
# Built from the root of the repository: docker build -f infra/docker/gpu.Dockerfile -t moda/gpu:0.1.0 .
# The same sources and the same lock file give the same files below /moda: infra/docker/root-file-system.mjs picks them.
FROM node:24.11.1-bookworm-slim AS build
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install -y --no-install-recommends g++ make python3 python3-pip \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
# Setting up is what every clone does: packages by the lock file, native TensorFlow by its pins, builds.
RUN MODA_REQUIRE=native MODA_DEVICE=gpu node tools/workspace/setup.mjs \
  && node infra/docker/root-file-system.mjs gpu /out/moda

FROM node:24.11.1-bookworm-slim
ENV NODE_ENV=production \
  PATH=/moda/programs:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  NVIDIA_VISIBLE_DEVICES=all \
  NVIDIA_DRIVER_CAPABILITIES=compute,utility
COPY --from=build /out/moda /moda
# A number, so that a cluster can see that it is not root. What it writes goes to volumes.
USER 10001:10001
WORKDIR /moda
# It has an end and no port; whoever waits for it looks at its exit code.
HEALTHCHECK NONE
CMD ["moda", "worker"]
