package org.voucherledger.api.seal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.voucherledger.api.pipeline.LedgerClock;
import org.voucherledger.api.seal.LedgerMoment.Asked;
import org.voucherledger.projections.evidence.BundleWriter;
import org.voucherledger.projections.evidence.Scope;

/** Evidence of a small part of the ledger, for papers that carry their own proof. */
@Component
public class SealedEvidence {

    private final DataSource database;
    private final LedgerClock clock;

    SealedEvidence(DataSource database, LedgerClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * The bundle of the part as it was after the command that recorded the event at this position. The same log and the same
     * witnesses' words give the same bytes, however much was sealed since. To be asked inside one snapshot.
     *
     * @throws NotToBeHad if that is not sealed, or not yet
     */
    public byte[] after(long position, Scope part) {
        Connection connection = DataSourceUtils.getConnection(database);
        try {
            var bundle = new ByteArrayOutputStream();
            BundleWriter.write(bundle, part, LedgerMoment.of(connection, new Asked.Command(position), clock.now()));
            return bundle.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
    }
}
