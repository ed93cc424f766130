package org.voucherledger.projections.schemes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.voucherledger.domain.scheme.SchemeEvent.FundChanged;
import org.voucherledger.domain.scheme.SchemeEvent.SchemePublished;
import org.voucherledger.projections.projection.Json;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.projection.Tables;
import org.voucherledger.projections.projection.Told;

/** Each scheme and all its versions with their terms (ALL-01). */
public final class SchemesProjection implements Projection {

    public static final String NAME = "schemes";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void tell(List<Told> events, Tables tables) {
        var versions = new ArrayList<Object[]>();
        var schemes = new LinkedHashMap<String, Scheme>();
        for (Told told : events) {
            switch (told.event()) {
                case SchemePublished e -> {
                    versions.add(new Object[] {
                        e.schemeId(),
                        e.version(),
                        Tables.time(told.at()),
                        e.fileSha256(),
                        Json.write(e.terms()),
                        told.position()
                    });
                    Scheme published = new Scheme(e.version(), e.terms().fund().amountFen(), told.position());
                    schemes.merge(e.schemeId(), published, Scheme::then);
                }
                case FundChanged e ->
                    schemes.merge(e.schemeId(), new Scheme(0, e.fundFen(), told.position()), Scheme::then);
                default -> {}
            }
        }
        tables.write("insert into {slot}.scheme_version values (?, ?, ?, ?, ?::jsonb, ?)", versions);
        tables.write(
                """
                insert into {slot}.scheme as s values (?, ?, ?, ?)
                on conflict (id) do update set (version, fund_fen, position) =
                  (greatest(s.version, excluded.version), excluded.fund_fen, excluded.position)
                """,
                schemes.entrySet().stream()
                        .map(scheme -> scheme.getValue().row(scheme.getKey()))
                        .toList());
    }

    /** What a batch of events says of one scheme, in one row; the version is 0 where they leave it as it is. */
    private record Scheme(int version, long fundFen, long position) {

        Scheme then(Scheme later) {
            return new Scheme(Math.max(version, later.version), later.fundFen, later.position);
        }

        Object[] row(String id) {
            return new Object[] {id, version, fundFen, position};
        }
    }
}
