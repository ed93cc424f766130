package org.voucherledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.json.CanonicalJson;
import org.voucherledger.api.pipeline.DryRun;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.ProblemWriter;
import org.voucherledger.api.schemefile.SchemeFile;
import org.voucherledger.api.schemefile.SchemeFileFaulty;
import org.voucherledger.api.security.ActorAuthentication;
import org.voucherledger.api.security.Asker;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;

/** Takes a scheme's file as it is, YAML or JSON (ALL-01). With one fault in it nothing is published. */
@RestController
class SchemeEndpoint {

    static final String PATH = CommandRoute.BASE + "/schemes";

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
        SchemeFile file = SchemeFileRequest.read(request);
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
        return problems.entity(SchemeFileRequest.problem(
                faulty, language(request), "工作方案文件有误，未发布", "The scheme file is faulty; nothing was published"));
    }

    private static Language language(HttpServletRequest request) {
        return Language.preferred(request.getHeader("Accept-Language"));
    }
}
