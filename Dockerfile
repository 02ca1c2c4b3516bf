# syntax=docker/dockerfile:1
# One image for every role: ROLE=all (the default, with its own PostgreSQL), web or worker.
#   docker build -t lockstep .
#   docker run -p 127.0.0.1:3000:3000 -v lockstep-data:/data -v "$PWD/config:/schedule" lockstep

FROM node:22-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
# The files that `npm ci` reads. While they do not change, this layer comes from the cache.
COPY package.json package-lock.json ./
COPY prisma ./prisma
COPY scripts/generate-client.mjs ./scripts/generate-client.mjs
RUN npm ci
COPY . .
RUN npm run build && rm -rf .next/cache
# Packages that only building and testing need stay in this stage.
RUN node --import tsx scripts/slim.ts

FROM node:22-bookworm-slim
ENV NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data \
    SCHEDULE_FILE=/schedule/schedule_config.yml \
    HEALTH_FILE=/tmp/lockstep-alive
WORKDIR /app
# The program belongs to root and is only read. The two volumes belong to the user that it runs as, and a new
# volume starts with the sample.
RUN install -d -o node -g node -m 0700 /data && install -d -o node -g node -m 0755 /schedule
COPY --chown=node:node config/schedule_config.yml /schedule/schedule_config.yml
COPY --from=build /app/package.json /app/tsconfig.json /app/next.config.mjs ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/prisma ./prisma
COPY --from=build /app/config ./config
COPY --from=build /app/lib ./lib
COPY --from=build /app/scripts ./scripts
# `lockstep validate` runs from the sources.
COPY --from=build /app/server ./server
COPY --from=build /app/dist ./dist
COPY --from=build /app/.next ./.next
# The manual, which the help pages show.
COPY --from=build /app/docs ./docs
COPY --from=build /app/SECURITY.md ./
USER node
VOLUME ["/data", "/schedule"]
EXPOSE 3000
# Ready, not only alive, because dependent services wait for the migrations. A worker touches a file instead.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 CMD node scripts/healthcheck.mjs
# SIGTERM ends it in order: requests, the present run, then the embedded PostgreSQL.
STOPSIGNAL SIGTERM
CMD ["node", "dist/server/main.mjs"]
