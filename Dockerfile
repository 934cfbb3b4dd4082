# The image of Gatebook, for BuildKit and for the classic builder. See docs/container.md.
#   docker build -t gatebook .
# BUILD_BASE needs Node 24, npm and a shell. BASE needs glibc and libstdc++, no shell and no Node.
ARG BUILD_BASE=node:24-bookworm-slim
ARG BASE=debian:bookworm-slim

FROM ${BUILD_BASE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# The modules in C++ come ready-made. An npm that ran scripts would compile one.
RUN npm ci --ignore-scripts
COPY . .
# In an image nobody else brings the peer dependencies. It has no /usr/bin/env, which the command's first line asks for.
RUN npm run build \
  && node scripts/containers/image-manifest.ts && npm prune --omit=dev --ignore-scripts && node scripts/containers/trim-image.ts \
  && mkdir -p /out/app /out/usr/local/bin /volumes/data && chmod 0700 /volumes/data \
  && cp "$(node -p process.execPath)" /out/usr/local/bin/node \
  && cp -R package.json LICENSE node_modules dist /out/app/ \
  && sed -i '1s|^#!.*$|#!/usr/local/bin/node|' /out/app/dist/cli/gatebook.js \
  && ln -s /app/dist/cli/gatebook.js /out/usr/local/bin/gatebook \
  && chmod -R a+rX /out

FROM ${BASE}
ARG VERSION=unreleased
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Gatebook" \
  org.opencontainers.image.description="Event-sourced login for TypeScript back ends" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}"
COPY --from=build --chown=0:0 /out/ /
# Made here so that a volume mounted on it belongs to the user.
COPY --from=build --chown=10001:10001 /volumes/ /
ENV NODE_ENV=production HOST=0.0.0.0 PORT=1984 DATA_DIR=/data
WORKDIR /app
USER 10001:10001
VOLUME /data
EXPOSE 1984
STOPSIGNAL SIGTERM
# Ready means: the log can be reached and the read models are fresh enough for the guards.
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 \
  CMD ["/usr/local/bin/node", "-e", "fetch(`http://127.0.0.1:${process.env.GATEBOOK_PORT ?? process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/usr/local/bin/gatebook"]
CMD ["serve"]
