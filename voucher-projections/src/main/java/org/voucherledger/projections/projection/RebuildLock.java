package org.voucherledger.projections.projection;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Lets one instance of the ledger at a time rebuild or recompute a projection. It is a lock of the database's session, so that it ends
 * with the instance however that ends; it keeps a connection of the pool for as long as it is held.
 */
final class RebuildLock {

    private static final String KEY = "hashtextextended('rebuild of ' || ?, 0)";

    private final DataSource dataSource;

    RebuildLock(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** @throws InOtherHands if another instance is rebuilding or recomputing it */
    void whileHeld(String projection, Runnable rebuild) {
        try (Connection session = dataSource.getConnection()) {
            if (!ask(session, "select pg_try_advisory_lock(" + KEY + ")", projection)) {
                throw new InOtherHands(
                        projection + " is being rebuilt or recomputed by another instance of the ledger");
            }
            try {
                rebuild.run();
            } finally {
                // The connection goes back to its pool and would take the lock along.
                ask(session, "select pg_advisory_unlock(" + KEY + ")", projection);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot lock or unlock " + projection + " for its rebuild", e);
        }
    }

    /** Is nobody rebuilding or recomputing it? An answer for now, which the next moment can make another. */
    boolean isFree(String projection) {
        try (Connection session = dataSource.getConnection()) {
            return ask(session, "select pg_try_advisory_lock(" + KEY + ")", projection)
                    && ask(session, "select pg_advisory_unlock(" + KEY + ")", projection);
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("cannot see whether " + projection + " is being rebuilt", e);
        }
    }

    private static boolean ask(Connection session, String question, String projection) throws SQLException {
        try (var statement = session.prepareStatement(question)) {
            statement.setString(1, projection);
            try (var answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }
}
