package org.voucherledger.benchmark.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A load that does not wait for the server, and charges it with the waiting. */
class OpenLoadTest {

    private static final byte[] REQUEST = HttpConnection.post("/", "", "{}");

    private final AtomicInteger asked = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private long stallNanos;
    private boolean chunked;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (asked.getAndIncrement() == 0) {
                long until = System.nanoTime() + stallNanos;
                while (System.nanoTime() < until) {
                    LockSupport.parkNanos(until - System.nanoTime());
                }
            }
            byte[] body = "answered".getBytes(UTF_8);
            exchange.sendResponseHeaders(asked.get() == 13 ? 503 : 200, chunked ? 0 : body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.close();
    }

    private OpenLoad load(int connections) {
        return new OpenLoad(server.getAddress(), connections);
    }

    @Test
    @DisplayName("those who wait behind a stalled request have been waiting since they were meant to be sent")
    void countsWaiting() {
        stallNanos = TimeUnit.MILLISECONDS.toNanos(300);

        // Meant at 0, 10 ... 90 ms over one connection that is stalled until 300: the last has waited 210 at the least.
        var outcome = load(1).steadily(Collections.nCopies(10, REQUEST), 100, (status, body) -> status == 200);

        assertThat(outcome.requests()).isEqualTo(10);
        assertThat(outcome.nanos().getTotalCount()).isEqualTo(10);
        assertThat(outcome.nanos().getMinValue()).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(209));
        assertThat(outcome.millis(100)).isGreaterThanOrEqualTo(299);
    }

    @Test
    @DisplayName("every answer is read to its end, whichever way the server tells its length")
    void readsAnswers() {
        for (boolean inChunks : List.of(false, true)) {
            chunked = inChunks;
            asked.set(100);
            var outcome = load(3).rush(
                            Collections.nCopies(20, REQUEST),
                            (status, body) -> status == 200 && new String(body, UTF_8).equals("answered"));
            assertThat(outcome.nanos().getTotalCount()).isEqualTo(20);
        }
    }

    @Test
    @DisplayName("an answer that was not hoped for ends the measurement")
    void insists() {
        assertThatThrownBy(() -> load(1).rush(Collections.nCopies(20, REQUEST), (status, body) -> status == 200))
                .hasStackTraceContaining("answered 503");
        assertThat(asked.get()).isLessThan(20);
    }
}
