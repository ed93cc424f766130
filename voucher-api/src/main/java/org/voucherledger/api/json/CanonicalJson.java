package org.voucherledger.api.json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * One form for every way of writing the same JSON: members by name, none that is {@code null}, no spaces. The order of a
 * list is kept, because it means something.
 */
public final class CanonicalJson {

    private CanonicalJson() {}

    public static String of(JsonNode node) {
        StringBuilder text = new StringBuilder();
        write(node, text);
        return text.toString();
    }

    /** Of a command's name and its JSON in the one form: the same key with another of these is refused. */
    public static String sha256(String commandName, JsonNode body) {
        return sha256((commandName + "\n" + of(body)).getBytes(StandardCharsets.UTF_8));
    }

    /** 64 lower-case hexadecimal digits. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void write(JsonNode node, StringBuilder text) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, JsonNode> sorted = new TreeMap<>();
                node.properties().forEach(member -> {
                    if (!member.getValue().isNull()) {
                        sorted.put(member.getKey(), member.getValue());
                    }
                });
                text.append('{');
                sorted.forEach((name, value) -> {
                    text.append(text.charAt(text.length() - 1) == '{' ? "" : ",")
                            .append(quoted(name))
                            .append(':');
                    write(value, text);
                });
                text.append('}');
            }
            case ARRAY -> {
                text.append('[');
                for (int i = 0; i < node.size(); i++) {
                    text.append(i == 0 ? "" : ",");
                    write(node.get(i), text);
                }
                text.append(']');
            }
            case STRING -> text.append(quoted(node.stringValue()));
            default -> text.append(node);
        }
    }

    private static String quoted(String value) {
        return StrictJson.MAPPER.writeValueAsString(value);
    }
}
