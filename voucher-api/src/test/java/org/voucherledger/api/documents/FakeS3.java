package org.voucherledger.api.documents;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * As much of S3 as the ledger uses: objects of one bucket, put, got and deleted by path. Every request's signature (AWS
 * Signature Version 4) and the hash of its body are checked, as the real services do.
 */
final class FakeS3 implements AutoCloseable {

    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/s3/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\\w+)");

    private final HttpServer server;
    private final String bucket;
    private final String accessKey;
    private final String secretKey;
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();

    FakeS3(String bucket, String accessKey, String secretKey) throws IOException {
        this.bucket = bucket;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (!isSigned(exchange, body)) {
            error(exchange, 403, "SignatureDoesNotMatch");
        } else if (!path.startsWith("/" + bucket + "/")) {
            error(exchange, 404, "NoSuchBucket");
        } else {
            switch (exchange.getRequestMethod()) {
                case "PUT" -> {
                    objects.put(path, body);
                    exchange.getResponseHeaders().add("ETag", "\"" + body.length + "\"");
                    send(exchange, 200, new byte[0]);
                }
                case "GET" -> {
                    byte[] object = objects.get(path);
                    if (object == null) {
                        error(exchange, 404, "NoSuchKey");
                    } else {
                        exchange.getResponseHeaders().add("Last-Modified", "Wed, 01 Apr 2020 02:00:00 GMT");
                        send(exchange, 200, object);
                    }
                }
                case "DELETE" -> {
                    objects.remove(path);
                    send(exchange, 204, new byte[0]);
                }
                default -> error(exchange, 405, "MethodNotAllowed");
            }
        }
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        send(
                exchange,
                status,
                ("<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>").getBytes(UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private boolean isSigned(HttpExchange exchange, byte[] body) {
        Matcher said = AUTHORIZATION.matcher(header(exchange, "Authorization"));
        String hash = header(exchange, "x-amz-content-sha256");
        if (!said.matches() || !said.group(1).equals(accessKey)) {
            return false;
        }
        // Over plain HTTP the body must be hashed; only TLS may replace that.
        if (!hash.equals(TestPapers.sha256(body))) {
            return false;
        }
        URI uri = exchange.getRequestURI();
        String headers = Arrays.stream(said.group(4).split(";"))
                .map(name -> name + ":" + header(exchange, name).strip() + "\n")
                .collect(Collectors.joining());
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        String request =
                String.join("\n", exchange.getRequestMethod(), uri.getRawPath(), query, headers, said.group(4), hash);
        String scope = said.group(2) + "/" + said.group(3) + "/s3/aws4_request";
        String toSign = "AWS4-HMAC-SHA256\n" + header(exchange, "x-amz-date") + "\n" + scope + "\n"
                + TestPapers.sha256(request.getBytes(UTF_8));
        byte[] key = ("AWS4" + secretKey).getBytes(UTF_8);
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, toSign)).equals(said.group(5));
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name.toLowerCase(Locale.ROOT));
        return value == null ? "" : value;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
