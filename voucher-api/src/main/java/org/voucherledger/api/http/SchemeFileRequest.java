package org.voucherledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.Problem;
import org.voucherledger.api.problem.Problems;
import org.voucherledger.api.schemefile.Finding;
import org.voucherledger.api.schemefile.SchemeFile;
import org.voucherledger.api.schemefile.SchemeFileFaulty;

/** A request whose body is a scheme file, YAML or JSON (ALL-01). */
public final class SchemeFileRequest {

    static final List<String> YAML_TYPES =
            List.of("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml");

    private SchemeFileRequest() {}

    /**
     * Reads the file whole or not at all.
     *
     * @throws SchemeFileFaulty with every fault of the file
     */
    public static SchemeFile read(HttpServletRequest request) throws IOException {
        SchemeFile.Format format = format(request.getContentType());
        return SchemeFile.read(RequestBody.bytes(request, RequestBody.MOST_BYTES_OF_A_COMMAND), format);
    }

    /** The problem that tells every fault; the titles say what was not done. */
    public static Problem problem(SchemeFileFaulty faulty, Language language, String titleZh, String titleEn) {
        Finding first = faulty.faults().getFirst();
        int count = faulty.faults().size();
        String where = first.path().isEmpty() ? "" : " (" + first.path() + ")";
        return Problems.of(
                400,
                "SchemeFileFaulty",
                language,
                titleZh,
                titleEn,
                "共 " + count + " 处；第 " + first.line() + " 行第 " + first.column() + " 列" + where + "：" + first.reasonZh(),
                count + (count == 1 ? " fault; line " : " faults; the first: line ") + first.line() + ", column "
                        + first.column() + where + ": " + first.reason(),
                faulty.faults());
    }

    private static SchemeFile.Format format(String contentType) {
        try {
            MediaType type = MediaType.parseMediaType(contentType == null ? "" : contentType);
            if (MediaType.APPLICATION_JSON.includes(type)) {
                return SchemeFile.Format.JSON;
            }
            if (YAML_TYPES.contains(type.getType() + "/" + type.getSubtype())) {
                return SchemeFile.Format.YAML;
            }
        } catch (InvalidMediaTypeException unreadable) {
            // Told like every other type that is not known here.
        }
        throw BadRequest.mediaType("application/yaml or application/json");
    }
}
