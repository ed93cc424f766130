package org.voucherledger.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Sends requests at the times at which they are meant to come, whether or not earlier ones have been answered, and measures from
 * then on: a request that waits because all connections are busy has been waiting since it was meant to be sent, and a server
 * that stalls is charged with everybody whom it kept waiting.
 */
public final class OpenLoad {

    private static final double NANOS_OF_A_MILLISECOND = 1e6;
    private static final int DIGITS = 3;

    private final InetSocketAddress server;
    private final int connections;

    public OpenLoad(InetSocketAddress server, int connections) {
        this.server = server;
        this.connections = connections;
    }

    /** How long each request took from when it was meant to be sent to the end of its answer, and all of them together. */
    public record Outcome(Histogram nanos, long requests, long took) {

        public double perSecond() {
            return requests * 1e9 / took;
        }

        public double millis(double percentile) {
            return nanos.getValueAtPercentile(percentile) / NANOS_OF_A_MILLISECOND;
        }
    }

    /** Whether an answer is what was hoped for. */
    @FunctionalInterface
    public interface Accepted {
        boolean is(int status, byte[] body);
    }

    /** Everybody at once: all of them are meant to be sent now. */
    public Outcome rush(List<byte[]> requests, Accepted accepted) {
        return send(requests, 0, accepted);
    }

    /** So many a second, evenly. */
    public Outcome steadily(List<byte[]> requests, double perSecond, Accepted accepted) {
        return send(requests, Math.round(1e9 / perSecond), accepted);
    }

    private Outcome send(List<byte[]> requests, long nanosBetween, Accepted accepted) {
        List<HttpConnection> open = new ArrayList<>();
        try {
            while (open.size() < Math.min(connections, requests.size())) {
                open.add(new HttpConnection(server));
            }
            try (ExecutorService threads = Executors.newFixedThreadPool(open.size())) {
                var next = new AtomicInteger();
                long begun = System.nanoTime();
                List<CompletableFuture<Histogram>> senders = open.stream()
                        .map(connection -> CompletableFuture.supplyAsync(
                                () -> new Sender(connection, accepted).send(requests, next, begun, nanosBetween),
                                threads))
                        .toList();
                var all = new Histogram(DIGITS);
                senders.forEach(sender -> all.add(sender.join()));
                return new Outcome(all, requests.size(), System.nanoTime() - begun);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            open.forEach(HttpConnection::close);
        }
    }

    /** One of those who take the next request, wait until it is meant to be sent, and wait for its answer. */
    private record Sender(HttpConnection connection, Accepted accepted) {

        /** @throws IllegalStateException if an answer is another one: a measurement of refusals would measure something else */
        Histogram send(List<byte[]> requests, AtomicInteger next, long begun, long nanosBetween) {
            var nanos = new Histogram(DIGITS);
            for (int i = next.getAndIncrement(); i < requests.size(); i = next.getAndIncrement()) {
                long meant = begun + i * nanosBetween;
                for (long early = meant - System.nanoTime(); early > 0; early = meant - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                HttpConnection.Reply reply = reply(requests.get(i));
                nanos.recordValue(System.nanoTime() - meant);
                if (!accepted.is(reply.status(), reply.body())) {
                    next.set(requests.size());
                    throw new IllegalStateException(
                            "answered " + reply.status() + ": " + new String(reply.body(), StandardCharsets.UTF_8));
                }
            }
            return nanos;
        }

        private HttpConnection.Reply reply(byte[] request) {
            try {
                return connection.exchange(request);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
