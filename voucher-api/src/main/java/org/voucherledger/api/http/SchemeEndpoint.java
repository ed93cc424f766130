package org.voucherledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.json.CanonicalJson;
import org.voucherledger.api.pipeline.DryRun;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.ProblemWriter;
import org.voucherledger.api.problem.Problems;
import org.voucherledger.api.schemefile.Finding;
import org.voucherledger.api.schemefile.SchemeFile;
import org.voucherledger.api.schemefile.SchemeFileFaulty;
import org.voucherledger.api.security.ActorAuthentication;
import org.voucherledger.api.security.Asker;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;

/** Takes a scheme's file as it is, YAML or JSON (ALL-01). With one fault in it nothing is published. */
@RestController
class SchemeEndpoint {

    static final String PATH = CommandRoute.BASE + "/schemes";

    static final List<String> YAML_TYPES =
            List.of("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml");

    private final CommandGate gate;
    private final DryRun dryRun;
    private final ProblemWriter problems;

    SchemeEndpoint(CommandGate gate, DryRun dryRun, ProblemWriter problems) {
        this.gate = gate;
        this.dryRun = dryRun;
        this.problems = problems;
    }

    @PostMapping(PATH)
    ResponseEntity<byte[]> publish(HttpServletRequest request) throws IOException {
        Asker asker =
                ActorAuthentication.asker(request.getUserPrincipal(), request.getHeader(CommandEndpoint.ON_BEHALF_OF));
        SchemeFile.Format format = format(request.getContentType());
        SchemeFile file = SchemeFile.read(RequestBody.bytes(request, RequestBody.MOST_BYTES_OF_A_COMMAND), format);
        PublishScheme command = new PublishScheme(file.terms(), file.sha256());
        if (QueryFlag.isOn(request, Explained.PARAMETER)) {
            return Reply.json(Explained.members(dryRun.of(asker.actor(), asker.mandate(), command), language(request)));
        }
        String key = IdempotencyKey.check(IdempotencyKey.HEADER, request.getHeader(IdempotencyKey.HEADER));
        String sha256 = CanonicalJson.sha256(("PublishScheme\n" + file.sha256()).getBytes(StandardCharsets.UTF_8));
        return gate.submit(asker, key, new CommandReader.Read(command, sha256))
                .await(language(request))
                .entity(problems);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> faulty(SchemeFileFaulty faulty, HttpServletRequest request) {
        Finding first = faulty.faults().getFirst();
        int count = faulty.faults().size();
        String where = first.path().isEmpty() ? "" : " (" + first.path() + ")";
        return problems.entity(Problems.of(
                400,
                "SchemeFileFaulty",
                language(request),
                "工作方案文件有误，未发布",
                "The scheme file is faulty; nothing was published",
                "共 " + count + " 处；第 " + first.line() + " 行第 " + first.column() + " 列" + where + "：" + first.reasonZh(),
                count + (count == 1 ? " fault; line " : " faults; the first: line ") + first.line() + ", column "
                        + first.column() + where + ": " + first.reason(),
                faulty.faults()));
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

    private static Language language(HttpServletRequest request) {
        return Language.preferred(request.getHeader("Accept-Language"));
    }
}
