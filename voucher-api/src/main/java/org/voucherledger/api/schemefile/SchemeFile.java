package org.voucherledger.api.schemefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.voucherledger.api.json.CanonicalJson;
import org.voucherledger.api.json.StrictJson;
import org.voucherledger.api.problem.FieldWords;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.scheme.SchemeTerms;

/**
 * A scheme as its file says it (ALL-01).
 *
 * @param sha256 of the bytes that were read
 */
public record SchemeFile(SchemeTerms terms, String sha256) {

    /** How a scheme file may be written. */
    public enum Format {
        YAML,
        JSON
    }

    /** Where the schema of scheme files stands among the program's resources. */
    public static final String SCHEMA = "/schemes/scheme.schema.json";

    private static final Schema CHECKED_BY = schema();

    /**
     * What there is to say of a file.
     *
     * @param file {@code null} where the file cannot be read as a scheme at all
     * @param faults with any of which it is not taken
     * @param remarks what is worth knowing; of a file that cannot be read, none
     */
    public record Examined(SchemeFile file, List<Finding> faults, List<Finding> remarks) {}

    /** By the end of its name; what is not JSON is read as YAML. */
    public static Format formatOf(String fileName) {
        return fileName.toLowerCase(Locale.ROOT).endsWith(".json") ? Format.JSON : Format.YAML;
    }

    /**
     * Reads a scheme file whole or not at all.
     *
     * @throws SchemeFileFaulty with line, column and reason of each fault
     */
    public static SchemeFile read(byte[] bytes, Format format) {
        Examined examined = examine(bytes, format);
        insistOn(examined.faults());
        return examined.file();
    }

    /** Reads a scheme file as far as that goes, and says everything that is to be said of it. */
    public static Examined examine(byte[] bytes, Format format) {
        try {
            String text = utf8(bytes);
            LocatedDocument document = format == Format.JSON ? JsonSource.read(text) : YamlSource.read(text);
            insistOn(againstSchema(document));
            SchemeFile file = new SchemeFile(terms(document), CanonicalJson.sha256(bytes));
            return new Examined(file, Consistency.faults(file.terms(), document), Remarks.of(file.terms(), document));
        } catch (SchemeFileFaulty faulty) {
            return new Examined(null, faulty.faults(), List.of());
        }
    }

    private static void insistOn(List<Finding> faults) {
        if (!faults.isEmpty()) {
            throw new SchemeFileFaulty(Finding.inOrder(faults));
        }
    }

    /** The validator speaks both languages, whatever the machine's own is; asked twice, it finds the same in the same order. */
    private static List<Finding> againstSchema(LocatedDocument document) {
        List<Error> english = validate(document.root(), Locale.ENGLISH);
        List<Error> chinese = validate(document.root(), Locale.SIMPLIFIED_CHINESE);
        List<Finding> faults = new ArrayList<>();
        for (int i = 0; i < english.size(); i++) {
            faults.add(fault(
                    english.get(i),
                    Words.of(chinese.get(i).getMessage(), english.get(i).getMessage()),
                    document));
        }
        return faults;
    }

    private static List<Error> validate(JsonNode root, Locale language) {
        return CHECKED_BY.validate(root, context -> context.executionConfig(config -> config.locale(language)));
    }

    private static Finding fault(Error error, Words reason, LocatedDocument document) {
        String pointer = error.getInstanceLocation().toString();
        if (error.getKeyword().equals("additionalProperties")) {
            pointer = LocatedDocument.Places.member(pointer, error.getProperty());
        }
        return Finding.at(document.placeOf(pointer), pointer, reason);
    }

    private static SchemeTerms terms(LocatedDocument document) {
        try {
            return StrictJson.value(StrictJson.MAPPER.readTree(document.root().toString()), SchemeTerms.class);
        } catch (Malformed malformed) {
            String pointer =
                    "/" + malformed.field().replace("[", ".").replace("]", "").replace('.', '/');
            throw SchemeFileFaulty.at(
                    document.placeOf(pointer),
                    pointer,
                    FieldWords.inChinese(malformed.getMessage()),
                    malformed.getMessage());
        }
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw SchemeFileFaulty.at(Place.START, "", "文件不是 UTF-8 编码", "the file is not UTF-8");
        }
    }

    private static Schema schema() {
        try (InputStream schema = SchemeFile.class.getResourceAsStream(SCHEMA)) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
