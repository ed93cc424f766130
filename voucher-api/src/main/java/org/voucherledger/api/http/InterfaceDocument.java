package org.voucherledger.api.http;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;
import org.voucherledger.domain.applying.Applied;
import org.voucherledger.domain.batch.BatchCommand;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.granting.Progress;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;

/** Writes the commands into the interface's OpenAPI document, from the same table that routes them. */
@Component
class InterfaceDocument implements OpenApiCustomizer {

    private static final String JSON = org.springframework.http.MediaType.APPLICATION_JSON_VALUE;
    private static final String RESPONSES = "#/components/responses/";
    /** What {@link org.voucherledger.domain.command.Field#id} takes. */
    static final String PARTY = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";

    private static final String SCHEMAS = "#/components/schemas/";

    /** What commands answer besides their position; all others answer {@code null}. */
    private static final Map<Class<? extends Command>, Class<?>> RESULTS = Map.of(
            BatchCommand.Apply.class, Applied.class,
            BatchCommand.GrantApplications.class, Progress.class,
            BatchCommand.PublishGrant.class, Progress.class,
            BatchCommand.Backfill.class, Progress.class,
            BatchCommand.CloseQueue.class, Progress.class);

    @Override
    public void customise(OpenAPI document) {
        RecordSchemas schemas = new RecordSchemas();
        document.info(info());
        document.addSecurityItem(new SecurityRequirement().addList("bearer"));
        for (CommandRoute route : CommandRoutes.ALL) {
            path(document, route.fullPath()).setPost(operation(route, schemas));
        }
        path(document, BulkEndpoint.PATH).setPost(bulk(schemas));
        withRehearsal(document, schemas);
        document.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(InterfaceDocument::withProblems);
        Components components = document.getComponents() == null ? new Components() : document.getComponents();
        document.setComponents(components);
        components.addSecuritySchemes(
                "bearer",
                new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT")
                        .description("Claims: sub (the account), role, and party (the credit code acted for; * for a"
                                + " platform that names it with each request). Development: ./voucher token ROLE"));
        schemas.components().forEach(components::addSchemas);
        ProblemSchemas.addTo(components);
    }

    /** The clock's path is there in a rehearsal only; its body is read by hand, so nobody else knows it. */
    private static void withRehearsal(OpenAPI document, RecordSchemas schemas) {
        PathItem clock = document.getPaths().get(RehearsalEndpoint.PATH);
        if (clock != null) {
            Schema<?> reading = schemas.object(RehearsalEndpoint.Reading.class, List.of());
            clock.getPut().requestBody(new RequestBody().required(true).content(content(JSON, reading)));
        }
    }

    private static Info info() {
        return new Info()
                .title("Voucher ledger")
                .version("v1")
                .description(
                        "Commands and queries of the ledger. Amounts are whole fen. Every command carries an"
                                + " Idempotency-Key: the same key and content is done once and answered alike. A refusal names"
                                + " its rule, clause, limit, used and asked; its language follows Accept-Language (zh-CN, en).");
    }

    private static PathItem path(OpenAPI document, String path) {
        if (document.getPaths() == null) {
            document.setPaths(new io.swagger.v3.oas.models.Paths());
        }
        return document.getPaths().computeIfAbsent(path, unknown -> new PathItem());
    }

    private static Operation operation(CommandRoute route, RecordSchemas schemas) {
        Operation operation = new Operation()
                .operationId(route.name())
                .addTagsItem(route.tag())
                .summary(route.summary())
                .description("Roles: " + roles(route) + ".")
                .addParametersItem(key())
                .addParametersItem(party());
        operation.addExtension("x-roles", route.roles().stream().map(Enum::name).toList());
        operation.addExtension("x-rules", route.rules());
        for (String variable : route.pathVariables()) {
            operation.addParametersItem(
                    new Parameter().in("path").name(variable).required(true).schema(RecordSchemas.typed("string")));
        }
        if (CommandReader.takesAtMost(route)) {
            operation.addParametersItem(new Parameter()
                    .in("query")
                    .name(WholeRun.PARAMETER)
                    .description("Repeat until it is done, under the one key; counts are summed.")
                    .schema(RecordSchemas.typed("boolean")));
        }
        operation.addParametersItem(new Parameter()
                .in("query")
                .name(Explained.PARAMETER)
                .description(
                        "Only ask: nothing is done, no key is needed; the answer lists every rule that was looked at,"
                                + " with its figures, what would be recorded, and of a decision of the authority who"
                                + " would gain or lose by it (ALL-06), in pages by limit and cursor.")
                .schema(RecordSchemas.typed("boolean")));
        operation.requestBody(route.type() == PublishScheme.class ? schemeFile(schemas) : body(route, schemas));
        return operation.responses(new ApiResponses().addApiResponse("200", done(route, schemas)));
    }

    private static String roles(CommandRoute route) {
        return route.roles().stream().map(Enum::name).collect(Collectors.joining(", "));
    }

    private static RequestBody body(CommandRoute route, RecordSchemas schemas) {
        schemas.reference(route.type());
        Schema<?> body = schemas.object(route.type(), route.pathVariables());
        boolean needed = body.getRequired() != null && !body.getRequired().isEmpty();
        return new RequestBody().required(needed).content(content(JSON, body));
    }

    private static RequestBody schemeFile(RecordSchemas schemas) {
        Schema<?> file = new JsonSchema().$ref(SCHEMAS + "SchemeFile");
        Map<String, Schema<?>> parts = SchemeFileSchemas.read();
        schemas.components().putAll(parts);
        Content content = content(JSON, file);
        content.addMediaType(SchemeFileRequest.YAML_TYPES.getFirst(), new MediaType().schema(file));
        return new RequestBody()
                .required(true)
                .description("The scheme file itself.")
                .content(content);
    }

    private static ApiResponse done(CommandRoute route, RecordSchemas schemas) {
        Class<?> result = RESULTS.get(route.type());
        Schema<?> answer = RecordSchemas.typed("object");
        answer.addProperty(
                "position",
                RecordSchemas.typed("integer")
                        .format("int64")
                        .description("A view that has reached it shows what was done: ?atLeast=<position>."));
        answer.addProperty(
                "receivedAt",
                RecordSchemas.typed("string").format("date-time").description("The ledger's stamp (GZ-10)."));
        if (route.type() == PublishScheme.class) {
            answer.addProperty("result", RecordSchemas.typed("integer").description("The version that it is now."));
        } else {
            answer.addProperty("result", result == null ? RecordSchemas.typed("null") : schemas.reference(result));
        }
        answer.setRequired(List.of("position", "receivedAt", "result"));
        return new ApiResponse().description("Done, and durable.").content(content(JSON, answer));
    }

    private static Operation bulk(RecordSchemas schemas) {
        JsonSchema entry = new JsonSchema();
        entry.description("One command, with a key of its own; type names the schema of its body.");
        CommandRoutes.ALL.stream()
                .filter(route -> route.type() != PublishScheme.class)
                .forEach(route -> entry.addOneOfItem(bulkEntry(route, schemas)));
        Schema<?> list = RecordSchemas.typed("array");
        list.setItems(entry);
        list.setMinItems(1);
        list.setMaxItems(BulkReader.MOST_ENTRIES);
        Schema<?> envelope = RecordSchemas.typed("object");
        envelope.setAdditionalProperties(false);
        envelope.addProperty("commands", list);
        envelope.setRequired(List.of("commands"));
        Operation operation = new Operation()
                .operationId("Bulk")
                .addTagsItem("Bulk")
                .summary("Up to a thousand commands, done in the order of the list, each answered for itself")
                .description("Roles are checked for each entry.")
                .requestBody(new RequestBody().required(true).content(content(JSON, envelope)))
                .responses(new ApiResponses()
                        .addApiResponse(
                                "200",
                                new ApiResponse()
                                        .description("An answer for each entry, in the order of the list.")
                                        .content(content(JSON, bulkAnswers()))));
        operation.addExtension(
                "x-roles", Stream.of(Role.values()).map(Enum::name).toList());
        return operation;
    }

    private static Schema<?> bulkEntry(CommandRoute route, RecordSchemas schemas) {
        Schema<?> schema = RecordSchemas.typed("object");
        schema.setAdditionalProperties(false);
        schema.addProperty("key", RecordSchemas.typed("string").pattern(IdempotencyKey.PATTERN));
        Schema<?> type = RecordSchemas.typed("string");
        type.setConst(route.name());
        schema.addProperty("type", type);
        schema.addProperty("onBehalfOf", RecordSchemas.typed("string").pattern(PARTY));
        schema.addProperty("body", schemas.reference(route.type()));
        schema.setRequired(List.of("key", "type", "body"));
        return schema;
    }

    private static Schema<?> bulkAnswers() {
        Schema<?> answer = RecordSchemas.typed("object");
        answer.addProperty("key", new JsonSchema().typesItem("string").typesItem("null"));
        answer.addProperty("status", RecordSchemas.typed("integer").description("As a single request's would be."));
        answer.addProperty("position", new JsonSchema().typesItem("integer").typesItem("null"));
        answer.addProperty(
                "retryAfterSeconds",
                RecordSchemas.typed("integer").description("With 503: ask again with the same key after so long."));
        answer.addProperty("receivedAt", RecordSchemas.typed("string").format("date-time"));
        answer.addProperty("result", new JsonSchema());
        answer.addProperty("problem", new JsonSchema().$ref(SCHEMAS + ProblemSchemas.PROBLEM));
        answer.setRequired(List.of("key", "status"));
        Schema<?> list = RecordSchemas.typed("array");
        list.setItems(answer);
        Schema<?> envelope = RecordSchemas.typed("object");
        envelope.addProperty("answers", list);
        envelope.setRequired(List.of("answers"));
        return envelope;
    }

    private static void withProblems(Operation operation) {
        ApiResponses responses = operation.getResponses() == null ? new ApiResponses() : operation.getResponses();
        operation.setResponses(responses);
        withProblems(responses, ProblemSchemas.BY_STATUS);
        if (operation.getRequestBody() != null) {
            withProblems(responses, ProblemSchemas.BY_STATUS_OF_A_BODY);
        }
    }

    private static void withProblems(ApiResponses responses, Map<String, String> byStatus) {
        byStatus.forEach((status, response) -> {
            if (!responses.containsKey(status)) {
                responses.addApiResponse(status, new ApiResponse().$ref(RESPONSES + response));
            }
        });
    }

    private static Parameter key() {
        return new Parameter()
                .in("header")
                .name(IdempotencyKey.HEADER)
                .required(true)
                .description("The caller's name for this request.")
                .schema(RecordSchemas.typed("string").pattern(IdempotencyKey.PATTERN));
    }

    private static Parameter party() {
        return new Parameter()
                .in("header")
                .name(CommandEndpoint.ON_BEHALF_OF)
                .description("The credit code acted for, where the token leaves it open.")
                .schema(RecordSchemas.typed("string").pattern(PARTY));
    }

    static Content content(String mediaType, Schema<?> schema) {
        return new Content().addMediaType(mediaType, new MediaType().schema(schema));
    }
}
