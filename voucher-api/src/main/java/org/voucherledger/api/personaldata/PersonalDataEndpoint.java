package org.voucherledger.api.personaldata;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.json.StrictJson;
import org.voucherledger.api.pipeline.LedgerClock;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.ProblemWriter;
import org.voucherledger.api.problem.Problems;
import org.voucherledger.api.reads.ReadKind;
import org.voucherledger.api.reads.RecordedRead;
import org.voucherledger.api.reads.SensitiveReads;
import org.voucherledger.api.security.ActorAuthentication;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;
import tools.jackson.core.JacksonException;

/**
 * Personal data are handed in, read and erased here, and nowhere else (ALL-05).
 *
 * <p>A value stands in the body of a request to keep it and in the answer to one that reads it; in no path, no parameter and no
 * problem document, because those are what others write into their logs.
 */
@RestController
@Tag(name = "Personal data")
class PersonalDataEndpoint {

    private static final String PATH = "/api/v1/personal-data/{reference}/{kind}";
    private static final String ON_BEHALF_OF = "On-Behalf-Of";
    private static final int MOST_BYTES = 4096;
    private static final String UNREADABLE = "is missing or cannot be read";
    private static final Set<String> FIELDS = Set.of("whose", DatumKind.VALUE);

    private final PersonalDataStore store;
    private final SensitiveReads reads;
    private final LedgerClock clock;
    private final ProblemWriter problems;

    PersonalDataEndpoint(PersonalDataStore store, SensitiveReads reads, LedgerClock clock, ProblemWriter problems) {
        this.store = store;
        this.reads = reads;
        this.clock = clock;
        this.problems = problems;
    }

    /** What is to be kept. */
    record Handed(Whose whose, String value) {
        Handed {
            Field.given("whose", whose);
            Field.given(DatumKind.VALUE, value);
        }

        @Override
        public String toString() {
            return String.valueOf(whose);
        }
    }

    /** That it is kept; not what. */
    record Kept(String reference, DatumKind kind, Whose whose, String party, Instant storedAt) {}

    /** A datum as whoever may read it gets it. */
    record Told(String reference, DatumKind kind, Whose whose, String party, Instant storedAt, String value) {

        @Override
        public String toString() {
            return reference + " " + kind;
        }
    }

    /** What is left of an erased datum. */
    record Tombstone(String reference, DatumKind kind, String party, Instant erasedAt, String reason) {}

    @Operation(
            operationId = "KeepPersonalDatum",
            summary = "Keep a personal datum behind an opaque reference, or put another in its place (ALL-05)",
            description = "The operator for everybody, a party for itself. The reference is what a command names.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = Handed.class))))
    @PutMapping(PATH)
    @PreAuthorize("hasAnyRole('OPERATOR', 'ENTERPRISE', 'PROVIDER', 'HOLDER')")
    Kept keep(
            @PathVariable String reference,
            @PathVariable DatumKind kind,
            @Parameter(description = "Whose it is, for staff; a party's own otherwise") @RequestParam(required = false)
                    String party,
            @RequestHeader(name = ON_BEHALF_OF, required = false) String onBehalfOf,
            @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        Actor actor = actor(request, onBehalfOf);
        DatumKey key = new DatumKey(party(actor, party), reference, kind);
        Handed handed = handed(request);
        Whose whose = handed.whose();
        if (!whose.mayBeHandedInBy(actor.role())) {
            throw new Refused(Rule.ALL_05.holds(
                    Check.ACTOR,
                    "RoleNotAllowed",
                    false,
                    whose.name(),
                    actor.role().name(),
                    actor.id()));
        }
        requireParty(whose, key);
        Instant now = clock.now();
        store.put(key, whose, kind.written(handed.value()), actor, now);
        return new Kept(reference, kind, whose, key.party(), now);
    }

    @Operation(
            operationId = "ReadPersonalDatum",
            summary = "A personal datum, for those who work on the case and for whom it is about (ALL-05)",
            responses = {
                @ApiResponse(
                        responseCode = "200",
                        description = "The datum.",
                        content = @Content(schema = @Schema(implementation = Told.class))),
                @ApiResponse(
                        responseCode = "410",
                        description = "It was erased; the problem says when and why.",
                        content = @Content(mediaType = "application/problem+json"))
            })
    @GetMapping(PATH)
    @PreAuthorize("hasAnyRole('OPERATOR', 'BUREAU', 'AUDITOR', 'ENTERPRISE', 'PROVIDER', 'HOLDER')")
    ResponseEntity<?> read(
            @PathVariable String reference,
            @PathVariable DatumKind kind,
            @RequestParam(required = false) String party,
            @RequestHeader(name = ON_BEHALF_OF, required = false) String onBehalfOf,
            @Parameter(hidden = true) HttpServletRequest request) {
        Actor actor = actor(request, onBehalfOf);
        DatumKey key = new DatumKey(party(actor, party), reference, kind);
        PersonalDatum found = store.find(key).orElseThrow(() -> unknown(key));
        if (found.erased() != null) {
            return gone(found, request);
        }
        RecordedRead read = reads.record(request, actor, ReadKind.PERSONAL_DATUM, key.toString());
        Optional<String> value = store.value(key, read);
        if (value.isEmpty()) {
            // Erased between the two questions.
            return gone(store.find(key).orElseThrow(() -> unknown(key)), request);
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Told(reference, kind, found.whose(), key.party(), found.storedAt(), value.get()));
    }

    /** The bureau's, as with documents: a party could otherwise take away what a review still rests on. */
    @Operation(
            operationId = "ErasePersonalDatum",
            summary = "Erase a personal datum; a tombstone stays, without it and without a hash of it (ALL-05)")
    @DeleteMapping(PATH)
    @PreAuthorize("hasRole('BUREAU')")
    Tombstone erase(
            @PathVariable String reference,
            @PathVariable DatumKind kind,
            @RequestParam(required = false) String party,
            @Parameter(description = "Why; without personal data") @RequestParam String reason,
            @Parameter(hidden = true) HttpServletRequest request) {
        Actor actor = actor(request, null);
        DatumKey key = new DatumKey(party(actor, party), reference, kind);
        var erased = store.erase(key, actor, Field.text("reason", reason), clock.now())
                .orElseThrow(() -> unknown(key))
                .erased();
        return new Tombstone(reference, kind, key.party(), erased.at(), erased.reason());
    }

    private ResponseEntity<?> gone(PersonalDatum datum, HttpServletRequest request) {
        return problems.entity(Problems.gone(
                "PersonalDatumErased",
                datum.erased().at(),
                datum.erased().reason(),
                datum.key().reference(),
                Language.preferred(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE))));
    }

    private static Actor actor(HttpServletRequest request, String onBehalfOf) {
        return ActorAuthentication.asker(request.getUserPrincipal(), onBehalfOf).entitled();
    }

    /** Staff name the party; a party's account has its own and no other. */
    private static String party(Actor actor, String named) {
        boolean isParty =
                actor.role() == Role.ENTERPRISE || actor.role() == Role.PROVIDER || actor.role() == Role.HOLDER;
        if (!isParty) {
            return named == null ? "" : named;
        }
        String asked = named == null ? actor.onBehalfOf() : named;
        if (!actor.isFor(asked)) {
            throw new Refused(
                    Rule.ALL_04.holds(Check.ACTOR, "NotTheParty", false, actor.onBehalfOf(), asked, actor.id()));
        }
        return actor.onBehalfOf();
    }

    /** Who complains is no party; a holder's party is the reference itself; everybody else's is a credit code. */
    private static void requireParty(Whose whose, DatumKey key) {
        boolean fits = switch (whose) {
            case COMPLAINANT -> key.party().isEmpty();
            case HOLDER -> key.party().equals(key.reference());
            case ENTERPRISE, PROVIDER, HANDLER -> !key.party().isEmpty();
        };
        if (!fits) {
            throw new Malformed(
                    "party",
                    "the credit code of the enterprise or provider, the reference itself of a holder, nothing of who complains");
        }
    }

    /** Read by hand: what a converter says of a body that it cannot read quotes it, and a field that is none may be a datum. */
    private static Handed handed(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length <= MOST_BYTES) {
            try {
                return StrictJson.value(StrictJson.MAPPER.readTree(body), Handed.class);
            } catch (JacksonException unreadable) {
                throw new Malformed("body", UNREADABLE);
            } catch (Malformed wrong) {
                throw FIELDS.contains(wrong.field()) ? wrong : new Malformed("body", UNREADABLE);
            }
        }
        throw new Malformed("body", UNREADABLE);
    }

    private static Refused unknown(DatumKey key) {
        return new Refused(Rule.ALL_04.holds(
                Check.ACTOR, "PersonalDatumUnknown", false, "a known datum", "unknown", key.reference()));
    }
}
