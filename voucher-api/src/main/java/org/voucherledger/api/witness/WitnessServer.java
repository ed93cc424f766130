package org.voucherledger.api.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voucherledger.api.witness.Witness.Answer;

/** A witness over HTTP: {@code POST /add-checkpoint}, and nothing else. It is closed with the server. */
public final class WitnessServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WitnessServer.class);
    /** The largest request that the specification's limits allow is far below. */
    private static final int MOST_BYTES = 64 * 1024;

    private static final String TEXT = "text/plain; charset=utf-8";

    private final Witness witness;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private WitnessServer(Witness witness, HttpServer server) {
        this.witness = witness;
        this.server = server;
    }

    /** @param address port 0 is any that is free */
    public static WitnessServer start(Witness witness, InetSocketAddress address) throws IOException {
        var started = new WitnessServer(witness, HttpServer.create(address, 0));
        started.server.createContext("/", started::answer);
        started.server.setExecutor(started.threads);
        started.server.start();
        return started;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
        witness.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals("/add-checkpoint")) {
                send(exchange, 404, TEXT, "There is only POST /add-checkpoint here.\n");
            } else if (!exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("Allow", "POST");
                send(exchange, 405, TEXT, "Only POST.\n");
            } else {
                add(exchange, exchange.getRequestBody().readNBytes(MOST_BYTES + 1));
            }
        }
    }

    private void add(HttpExchange exchange, byte[] body) throws IOException {
        if (body.length > MOST_BYTES) {
            send(exchange, 413, TEXT, "At most " + MOST_BYTES + " bytes.\n");
            return;
        }
        try {
            send(exchange, witness.add(body));
        } catch (DamagedMemory damaged) {
            LOG.error("{}", damaged.getMessage());
            send(
                    exchange,
                    500,
                    TEXT,
                    "What this witness has kept of the log is damaged; its own log says what to do.\n");
        } catch (RuntimeException fault) {
            LOG.error("The witness could not answer.", fault);
            send(exchange, 500, TEXT, "The witness has a fault.\n");
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        switch (answer) {
            case Answer.Cosigned cosigned -> send(exchange, 200, TEXT, cosigned.lines());
            case Answer.Conflict conflict -> send(exchange, 409, "text/x.tlog.size", conflict.seen() + "\n");
            case Answer.Refused refused -> send(exchange, refused.status(), TEXT, refused.words() + "\n");
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
