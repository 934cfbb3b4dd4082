# The image of Gatebook. Both stages stand on the same base, which has Node 24 and glibc: the modules in C++ come ready-made for it.
#   docker build -t gatebook .
#   docker build -t gatebook --build-arg BASE=registry.example.org/node:24-bookworm-slim .
ARG BASE=node:24-bookworm-slim

FROM ${BASE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# In an image nobody else brings the peer dependencies.
RUN npm run build && node scripts/containers/image-manifest.ts && npm prune --omit=dev && rm -rf node_modules/.bin

FROM ${BASE}
# DATA_DIR is made here so that a volume mounted on it belongs to the user.
RUN groupadd --gid 10001 gatebook \
  && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin gatebook \
  && mkdir --mode=0700 /data && chown 10001:10001 /data \
  && ln -s /app/dist/cli/gatebook.js /usr/local/bin/gatebook
WORKDIR /app
COPY --from=build /build/package.json /build/LICENSE ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
ENV NODE_ENV=production HOST=0.0.0.0 PORT=1984 DATA_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 1984
# Ready means: the log can be reached and the read models are fresh enough for the guards.
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/cli/gatebook.js"]
CMD ["serve"]
