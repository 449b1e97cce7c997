# The same commands as without Docker: ./mvnw package, java -jar.
FROM eclipse-temurin:25-jdk AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends nodejs npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /headlight
COPY . .
RUN ./mvnw --batch-mode --no-transfer-progress package -DskipTests

FROM eclipse-temurin:25-jre
# Previews of links are drawn by the server, which has no letters without fontconfig and a font.
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl libgomp1 fontconfig fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home headlight \
    && mkdir /data \
    && chown headlight /data
USER headlight
WORKDIR /home/headlight
COPY --from=build /headlight/target/headlight-*.jar headlight.jar
# Two arenas of native memory: with one for each thread, much of what is freed stays with the process.
ENV HEADLIGHT_DATA=/data SERVER_PORT=8080 MALLOC_ARENA_MAX=2
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=3s --start-period=40s \
    CMD curl --fail --silent http://localhost:8080/actuator/health || exit 1
ENTRYPOINT ["java", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", \
    "-XX:+UseG1GC", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20", "-XX:G1PeriodicGCInterval=10000", "-jar", "headlight.jar"]
