# The ledger in two stages: built with Maven, run with nothing but a Java runtime.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml ./
COPY voucher-domain ./voucher-domain
COPY voucher-projections ./voucher-projections
COPY voucher-api ./voucher-api
COPY voucher-benchmark ./voucher-benchmark
RUN --mount=type=cache,target=/root/.m2 mvn -B -q -DskipTests -pl voucher-api -am package

FROM eclipse-temurin:25-jre
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /ledger ledger
COPY --from=build /src/voucher-api/target/voucher-program.jar /opt/voucher.jar
USER ledger
WORKDIR /ledger
# The key for development tokens stays here; the books are in the database.
ENV LEDGER_DATA=/ledger/data
RUN mkdir data
VOLUME /ledger/data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=90s --retries=6 \
    CMD curl --fail --silent http://localhost:8080/actuator/health/liveness || exit 1
ENTRYPOINT ["java", "-jar", "/opt/voucher.jar"]
CMD ["serve"]
