package org.voucherledger.api.eventstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Transactions whose commit either is beyond doubt or fails.
 *
 * <p>PostgreSQL commits with a warning, and not an error, where it stopped waiting for its standby: the row is there, and may be
 * lost with this server all the same. Whoever gets the warning must ask again, in a transaction that writes.
 */
final class UndoubtedCommits extends JdbcTransactionManager {

    UndoubtedCommits(DataSource dataSource) {
        super(dataSource);
    }

    /** @throws TransactionSystemException caused by the {@link SQLWarning} that came with the commit */
    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        try {
            Connection connection = connection();
            connection.clearWarnings();
            super.doCommit(status);
            SQLWarning warning = connection.getWarnings();
            if (warning != null) {
                throw new TransactionSystemException("the commit came with a warning", warning);
            }
        } catch (SQLException unusable) {
            throw translateException("warnings of a commit", unusable);
        }
    }

    private Connection connection() {
        var holder = (ConnectionHolder) TransactionSynchronizationManager.getResource(obtainDataSource());
        if (holder == null) {
            throw new IllegalStateException("a transaction without a connection is committed");
        }
        return holder.getConnection();
    }
}
