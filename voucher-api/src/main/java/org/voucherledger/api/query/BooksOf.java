package org.voucherledger.api.query;

import io.swagger.v3.oas.annotations.Parameter;
import java.util.Objects;
import java.util.stream.Stream;
import org.voucherledger.api.security.Reader;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.command.Role;
import org.voucherledger.projections.books.Scope;

/** Whose books are asked for: of one scope, or of the whole ledger where none is named. */
record BooksOf(
        String scheme,
        String batch,

        @Parameter(description = "All batches of a city, under whichever scheme")
        String city,

        @Parameter(description = "With city: its vouchers whose enterprises had declared this district when granted")
        String district,

        String enterprise,
        String provider) {

    Scope scope() {
        long named = Stream.of(scheme, batch, city, enterprise, provider)
                .filter(Objects::nonNull)
                .count();
        if (named > 1) {
            throw new Malformed(
                    batch == null ? "scheme" : "batch", "one of scheme, batch, city, enterprise and provider alone");
        }
        if (district != null && city == null) {
            throw new Malformed("district", "with the city that it is of");
        }
        if (scheme != null) {
            return Scope.scheme(scheme);
        }
        if (batch != null) {
            return Scope.batch(batch);
        }
        if (enterprise != null) {
            return Scope.enterprise(enterprise);
        }
        if (provider != null) {
            return Scope.provider(provider);
        }
        if (city != null) {
            return district == null ? Scope.city(city) : Scope.district(city, district);
        }
        return Scope.LEDGER;
    }

    /** A party has books of its own and sees no others; it need not name itself. */
    Scope scopeFor(Reader reader) {
        if (reader.actor().role().isStaff()) {
            return scope();
        }
        boolean ofEnterprise = reader.actor().role() == Role.ENTERPRISE;
        Scope own = ofEnterprise ? Scope.enterprise(reader.own()) : Scope.provider(reader.own());
        Scope asked = scope();
        if (asked != Scope.LEDGER && !asked.equals(own)) {
            throw reader.refusal(kind(asked) + " " + asked.id());
        }
        return own;
    }

    /** What the scope is called where it is not known. */
    static String kind(Scope scope) {
        return switch (scope.kind()) {
            case LEDGER -> "Ledger";
            case SCHEME -> "Scheme";
            case BATCH -> "Batch";
            case CITY -> "City";
            case DISTRICT -> "District";
            case ENTERPRISE -> "Enterprise";
            case PROVIDER -> "Provider";
        };
    }
}
