package org.voucherledger.api.schemefile;

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
import java.util.Comparator;
import java.util.List;
import org.voucherledger.api.json.CanonicalJson;
import org.voucherledger.api.json.StrictJson;
import org.voucherledger.api.schemefile.SchemeFileFaulty.Fault;
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
     * Reads a scheme file whole or not at all.
     *
     * @throws SchemeFileFaulty with line, column and reason of each fault
     */
    public static SchemeFile read(byte[] bytes, Format format) {
        String text = utf8(bytes);
        LocatedDocument document = format == Format.JSON ? JsonSource.read(text) : YamlSource.read(text);
        insistOn(CHECKED_BY.validate(document.root()).stream()
                .map(error -> fault(error, document))
                .toList());
        SchemeTerms terms = terms(document);
        insistOn(Consistency.faults(terms, document));
        return new SchemeFile(terms, CanonicalJson.sha256(bytes));
    }

    private static void insistOn(List<Fault> faults) {
        if (!faults.isEmpty()) {
            List<Fault> inOrder = new ArrayList<>(faults);
            inOrder.sort(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column));
            throw new SchemeFileFaulty(inOrder);
        }
    }

    private static Fault fault(Error error, LocatedDocument document) {
        String pointer = error.getInstanceLocation().toString();
        if (error.getKeyword().equals("additionalProperties")) {
            pointer = LocatedDocument.Places.member(pointer, error.getProperty());
        }
        Place place = document.placeOf(pointer);
        return new Fault(place.line(), place.column(), pointer, error.getMessage());
    }

    private static SchemeTerms terms(LocatedDocument document) {
        try {
            return StrictJson.value(StrictJson.MAPPER.readTree(document.root().toString()), SchemeTerms.class);
        } catch (Malformed malformed) {
            String pointer =
                    "/" + malformed.field().replace("[", ".").replace("]", "").replace('.', '/');
            throw SchemeFileFaulty.at(document.placeOf(pointer), pointer, malformed.getMessage());
        }
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw SchemeFileFaulty.at(Place.START, "", "the file is not UTF-8");
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
