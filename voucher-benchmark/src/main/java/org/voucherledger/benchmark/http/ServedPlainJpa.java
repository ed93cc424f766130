package org.voucherledger.benchmark.http;

import java.util.List;
import java.util.Map;
import org.voucherledger.benchmark.plainjpa.PlainJpa;
import org.voucherledger.benchmark.scene.BenchLedger;

/** The plain service in a process of its own, on the same PostgreSQL. */
final class ServedPlainJpa {

    private ServedPlainJpa() {}

    static ServerProcess beside(BenchLedger ledger) {
        return ServerProcess.start(
                PlainJpa.class,
                List.of("--server.port={port}", "--server.address=127.0.0.1"),
                Map.of(
                        "SPRING_DATASOURCE_URL", ledger.pool().getJdbcUrl(),
                        "SPRING_DATASOURCE_USERNAME", ledger.pool().getUsername(),
                        "SPRING_DATASOURCE_PASSWORD", ledger.pool().getPassword()),
                ledger.directory().resolve("plain-jpa.log"));
    }
}
