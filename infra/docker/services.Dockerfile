# Gateway, training service, registry and the command line, with TensorFlow for the CPU. HEALTH_PORT is the port of the service that is run.
# Built from the root of the repository: docker build -f infra/docker/services.Dockerfile -t moda/services:0.1.0 .
# The same sources and the same lock file give the same files below /moda: infra/docker/root-file-system.mjs picks them.
FROM node:24.11.1-bookworm-slim AS build
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install -y --no-install-recommends g++ make python3 python3-pip \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
# Setting up is what every clone does: packages by the lock file, native TensorFlow by its pins, builds.
RUN MODA_REQUIRE=native MODA_DEVICE=cpu node tools/workspace/setup.mjs \
  && node infra/docker/root-file-system.mjs services /out/moda \
  && mkdir /out/home

FROM node:24.11.1-bookworm-slim
ENV NODE_ENV=production \
  PATH=/moda/programs:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  MODA_HOME=/moda/home
COPY --from=build /out/moda /moda
# A new volume takes its owner from the folder that it covers.
COPY --from=build --chown=10001:10001 /out/home /moda/home
# A number, so that a cluster can see that it is not root. What it writes goes to volumes.
USER 10001:10001
WORKDIR /moda
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["node", "--eval", "fetch('http://127.0.0.1:' + (process.env.HEALTH_PORT ?? 4000) + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["moda-gateway"]
