package org.voucherledger.api.schemecheck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.api.schemefile.SchemeFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page about scheme files: its introduction is written by hand, its fields come from the schema. */
class SchemeFilePageTest {

    private static final Path PAGE = Path.of("../docs/reference/scheme-file.md");
    private static final String FROM_HERE = "<!-- From here on the page is generated from scheme.schema.json. -->\n";

    private final JsonNode schema = schema();

    private static JsonNode schema() {
        try (InputStream file = SchemeFile.class.getResourceAsStream(SchemeFile.SCHEMA)) {
            return JsonMapper.builder().build().readTree(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("docs/reference/scheme-file.md says of every field what the schema says")
    void agrees() throws IOException {
        String page = Files.readString(PAGE, UTF_8);
        assertThat(page).contains(FROM_HERE);
        String byHand = page.substring(0, page.indexOf(FROM_HERE) + FROM_HERE.length());
        String expected = byHand + generated();
        if (Boolean.getBoolean("approve")) {
            Files.writeString(PAGE, expected, UTF_8);
        }
        assertThat(Files.readString(PAGE, UTF_8))
                .as("mvn -pl voucher-api -am test -Dtest=SchemeFilePageTest -Dapprove=true writes the fields anew")
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("every field of a scheme file is described")
    void everyFieldIsDescribed() {
        var silent = new ArrayList<String>();
        silent(schema, "", silent);
        assertThat(silent).isEmpty();
    }

    private void silent(JsonNode node, String path, List<String> found) {
        resolved(node).path("properties").properties().forEach(member -> {
            if (resolved(member.getValue()).path("description").asString("").isBlank()) {
                found.add(path + "/" + member.getKey());
            }
            silent(member.getValue(), path + "/" + member.getKey(), found);
        });
        for (String inside : List.of("items", "additionalProperties")) {
            if (resolved(node).path(inside).isObject()) {
                silent(resolved(node).path(inside), path + "/*", found);
            }
        }
    }

    private String generated() {
        var page = new StringBuilder("\n## Every field\n");
        schema.path("properties").properties().forEach(part -> {
            JsonNode node = resolved(part.getValue());
            page.append("\n### `")
                    .append(part.getKey())
                    .append("`\n\n")
                    .append(node.path("description").asString())
                    .append("\n\n");
            var rows = new ArrayList<String>();
            rows(node, "", rows);
            if (rows.isEmpty()) {
                page.append("Form: ").append(form(node)).append(".\n");
            } else {
                page.append("| field | what it says | form |\n|---|---|---|\n");
                rows.forEach(row -> page.append(row).append('\n'));
            }
        });
        return page.toString();
    }

    private void rows(JsonNode node, String prefix, List<String> rows) {
        node.path("properties").properties().forEach(member -> {
            JsonNode value = resolved(member.getValue());
            String name = prefix + member.getKey();
            rows.add("| `" + name + "` | " + value.path("description").asString() + " | " + form(value) + " |");
            rows(value, name + ".", rows);
        });
        if (node.path("items").path("properties").isObject()) {
            rows(node.path("items"), prefix + "[].", rows);
        }
        if (node.path("additionalProperties").isObject()) {
            rows(node.path("additionalProperties"), prefix + "NAME.", rows);
        }
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : schema.at(reference.substring(1));
    }

    private static String form(JsonNode node) {
        var form = new StringJoiner("; ");
        if (node.path("enum").isArray()) {
            form.add("one of " + constants(node.path("enum")));
        } else {
            form.add(types(node));
        }
        if (node.path("items").path("enum").isArray()) {
            form.add("of " + constants(node.path("items").path("enum")));
        }
        if (node.path("items").path("items").path("enum").isArray()) {
            form.add("each a list of "
                    + constants(node.path("items").path("items").path("enum")));
        }
        if (node.has("minimum")) {
            form.add(node.path("minimum").asString() + " to "
                    + node.path("maximum").asString());
        }
        if (node.has("minItems")) {
            form.add("at least " + node.path("minItems").asString());
        }
        if (node.has("maxItems")) {
            form.add("at most " + node.path("maxItems").asString());
        }
        return form.toString();
    }

    private static String types(JsonNode node) {
        JsonNode type = node.path("type");
        if (!type.isArray()) {
            return word(type.asString(""), node);
        }
        var words = new StringJoiner(" or ");
        type.forEach(each -> words.add(word(each.asString(), node)));
        return words.toString();
    }

    private static String word(String type, JsonNode node) {
        String pattern = node.path("pattern").asString("");
        return switch (type) {
            case "integer" -> "whole number";
            case "boolean" -> "`true` or `false`";
            case "array" -> "list";
            case "object" -> "group";
            case "null" -> "`null`";
            case "string" ->
                pattern.startsWith("^\\d{4}-\\d{2}-\\d{2}T")
                        ? "instant with its offset, `2020-12-01T00:00:00+08:00`"
                        : pattern.equals("^\\d{4}-\\d{2}-\\d{2}$") ? "day, `2020-11-30`" : "text";
            default -> throw new IllegalArgumentException(type);
        };
    }

    /** With the Chinese of those that have a name of their own. */
    private static String constants(JsonNode constants) {
        var names = new StringJoiner(", ");
        constants.forEach(constant -> {
            String zh = Plain.name(constant.asString()).zh();
            names.add("`" + constant.asString() + "`" + (zh.equals(constant.asString()) ? "" : " " + zh));
        });
        return names.toString();
    }
}
