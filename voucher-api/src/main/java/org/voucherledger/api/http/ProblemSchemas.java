package org.voucherledger.api.http;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.voucherledger.api.problem.Problem;
import org.voucherledger.domain.rule.Check;

/** What the interface's document says of problems. */
final class ProblemSchemas {

    static final String PROBLEM = "Problem";

    /** The response component of each status. */
    static final Map<String, String> BY_STATUS = byStatus();

    /** Those of an operation that takes a body, besides. */
    static final Map<String, String> BY_STATUS_OF_A_BODY = Map.of("413", "TooLarge", "415", "UnsupportedMediaType");

    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "Malformed", "The request cannot be taken for what it should be; field says where.",
            "Unauthenticated", "There is no valid token.",
            "Forbidden", "The role may not do this, or not for this party (stage ACTOR).",
            "NotFound", "There is no such thing.",
            "TooLarge", "The body is larger than what is read here; detail says how much is.",
            "UnsupportedMediaType", "The body's media type is not known here; detail says which is.",
            "Conflict", "Refused as things stand: STATE, FREEZE, DEADLINE, CAPS, USED_ONCE.",
            "Refused", "Refused for what was asked: IDEMPOTENCY, PARTY, PRODUCT, DOCUMENTS, AMOUNTS.",
            "Fault", "A fault of the ledger; incident names it in the log.",
            "Unavailable",
                    "Not received, not known yet, or not to be read at the moment: ask again, with the same key, after Retry-After seconds.");

    private ProblemSchemas() {}

    static void addTo(Components components) {
        components.addSchemas(PROBLEM, problem());
        DESCRIPTIONS.forEach((name, description) -> {
            ApiResponse response = new ApiResponse()
                    .description(description)
                    .content(InterfaceDocument.content(
                            Problem.MEDIA_TYPE, new JsonSchema().$ref("#/components/schemas/" + PROBLEM)));
            if (name.equals("Unavailable")) {
                response.addHeaderObject("Retry-After", new Header().schema(RecordSchemas.typed("integer")));
            }
            components.addResponses(name, response);
        });
    }

    private static Map<String, String> byStatus() {
        Map<String, String> responses = new LinkedHashMap<>();
        responses.put("400", "Malformed");
        responses.put("401", "Unauthenticated");
        responses.put("403", "Forbidden");
        responses.put("404", "NotFound");
        responses.put("409", "Conflict");
        responses.put("422", "Refused");
        responses.put("500", "Fault");
        responses.put("503", "Unavailable");
        return responses;
    }

    private static Schema<?> problem() {
        Schema<?> problem = RecordSchemas.typed("object");
        problem.setDescription("RFC 9457. Members that do not apply are left out.");
        problem.addProperty("type", RecordSchemas.typed("string").format("uri"));
        problem.addProperty("title", text("In the language of the answer."));
        problem.addProperty("status", RecordSchemas.typed("integer"));
        problem.addProperty("detail", text("A sentence for a person, with amounts in yuan and times in Beijing."));
        problem.addProperty("titleZh", text(null));
        problem.addProperty("titleEn", text(null));
        problem.addProperty("rule", text("The rule's ID, e.g. GZ-21."));
        problem.addProperty("clause", text("Where the policy says so."));
        problem.addProperty("about", text("What was asked, as the name of a fact, e.g. ProviderCap."));
        Schema<?> stage = RecordSchemas.typed("string");
        Stream.of(Check.values()).map(Enum::name).forEach(((JsonSchema) stage)::addEnumItemObject);
        problem.addProperty("stage", stage);
        problem.addProperty("limit", figure("What the rule allows."));
        problem.addProperty("used", figure("What of it is used, or how things stand."));
        problem.addProperty("asked", figure("What was asked for."));
        problem.addProperty(
                "position", RecordSchemas.typed("integer").format("int64").description("Of the log at the refusal."));
        problem.addProperty("receivedAt", RecordSchemas.typed("string").format("date-time"));
        problem.addProperty("field", text("Which field is malformed."));
        problem.addProperty("incident", text("What to tell whoever runs the ledger."));
        problem.addProperty("erasedAt", RecordSchemas.typed("string").format("date-time"));
        problem.addProperty("reason", text("Why a document was erased."));
        problem.addProperty("stepsDone", RecordSchemas.typed("integer"));
        problem.addProperty("errors", errors());
        problem.setRequired(List.of("type", "title", "status", "detail", "titleZh", "titleEn"));
        return problem;
    }

    private static Schema<?> errors() {
        Schema<?> error = RecordSchemas.typed("object");
        error.addProperty("line", RecordSchemas.typed("integer"));
        error.addProperty("column", RecordSchemas.typed("integer"));
        error.addProperty("path", text("A JSON pointer."));
        error.addProperty("reason", text(null));
        Schema<?> errors = RecordSchemas.typed("array");
        errors.setDescription("What is wrong with a scheme file, in its order.");
        errors.setItems(error);
        return errors;
    }

    private static Schema<?> text(String description) {
        return RecordSchemas.typed("string").description(description);
    }

    /** An amount in fen, or a text. */
    private static Schema<?> figure(String description) {
        return new JsonSchema().typesItem("integer").typesItem("string").description(description);
    }
}
