# The image holds the release (release/build.ts): the program with its own Node. The build runs on the machine's own
# platform, whatever the platform of the image.
FROM --platform=$BUILDPLATFORM node:26-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends xz-utils libatomic1 \
   libatomic1-arm64-cross && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
ARG TARGETARCH
RUN platform=linux-$(echo "${TARGETARCH:-amd64}" | sed s/amd64/x64/) \
 && npm run --silent release -- "$platform" \
 && mkdir /release && tar -xf release/out/*.tar.xz -C /release --strip-components=1

FROM debian:trixie-slim
RUN useradd --uid 1000 --create-home --home-dir /data cafe-ia && chmod 700 /data \
 && install -d -o cafe-ia -m 700 /var/cache/cafe-ia
COPY --from=build /release /opt/cafe-ia
COPY --from=build /app/release/warm-cache /usr/local/bin/
ENV PATH=/opt/cafe-ia/bin:$PATH LD_LIBRARY_PATH=/opt/cafe-ia/lib CAFE_IA_DATA=/data CAFE_IA_HOST=0.0.0.0
USER cafe-ia
# What V8 compiles of the program for a server and its first pages is kept in the image, so that each container starts
# with it. On a processor that can do other things than that of the build it is compiled again.
ENV NODE_COMPILE_CACHE=/var/cache/cafe-ia
RUN warm-cache /opt/cafe-ia
VOLUME /data
WORKDIR /opt/cafe-ia
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/opt/cafe-ia/bin/node", "-e", \
  "fetch(`http://127.0.0.1:${process.env.CAFE_IA_PORT ?? 3000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["cafe-ia"]
CMD ["start"]
