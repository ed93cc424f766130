package org.voucherledger.projections.schemes;

import java.util.ArrayList;
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
        var schemes = new ArrayList<Object[]>();
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
                    schemes.add(new Object[] {
                        e.schemeId(), e.version(), e.terms().fund().amountFen(), told.position()
                    });
                }
                case FundChanged e -> schemes.add(new Object[] {e.schemeId(), 0, e.fundFen(), told.position()});
                default -> {}
            }
        }
        tables.write("insert into {slot}.scheme_version values (?, ?, ?, ?, ?::jsonb, ?)", versions);
        // Told in order; a change of the fund leaves the version as it is.
        tables.write("""
                insert into {slot}.scheme as s values (?, ?, ?, ?)
                on conflict (id) do update set (version, fund_fen, position) =
                  (greatest(s.version, excluded.version), excluded.fund_fen, excluded.position)
                """, schemes);
    }
}
