package org.voucherledger.api.eventstore;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;

/**
 * The lane's own connections. Readers share the others, and however many there are and however long they take, the lane runs.
 *
 * <p>No data source of the program's: what is declared as one would replace the readers'.
 */
public final class LanePool implements AutoCloseable {

    /** One for the lane's transaction, one to replace it with when it breaks, one to read by, one to read ahead by, one for snapshots. */
    static final int CONNECTIONS = 5;

    /** A group is bounded and takes seconds at most; one that takes longer than this is ended by the server. */
    static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(2);

    /** A program that freezes in the middle of a group loses the lane after this. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    /**
     * How long the lane listens to a server that says nothing, as one does whose network is gone. Longer than any transaction,
     * so that a slow group is always ended by the server, which says so, and never taken for a lost connection.
     */
    static final Duration LONGEST_WAIT_FOR_A_WORD = LONGEST_TRANSACTION.plusSeconds(30);

    private static final Duration LONGEST_WAIT_FOR_A_CONNECTION = Duration.ofSeconds(5);

    /**
     * The lane looks up rows by their keys only. Its prepared plans are kept, also those that were made while a table was so
     * small that reading all of it was cheapest; a table grows while its plans stay.
     */
    private static final String BY_KEY_ONLY = "set enable_seqscan = off";

    private final HikariDataSource connections;

    private LanePool(HikariDataSource connections) {
        this.connections = connections;
    }

    /** To the same database, as the same user and with the same properties as the readers'. */
    public static LanePool beside(HikariDataSource readers) {
        var properties = new Properties();
        properties.putAll(readers.getDataSourceProperties());
        properties.setProperty("socketTimeout", Long.toString(LONGEST_WAIT_FOR_A_WORD.toSeconds()));
        var lane = new HikariConfig();
        lane.setPoolName("lane");
        lane.setJdbcUrl(readers.getJdbcUrl());
        lane.setUsername(readers.getUsername());
        lane.setPassword(readers.getPassword());
        lane.setDataSourceProperties(properties);
        lane.setMaximumPoolSize(CONNECTIONS);
        lane.setConnectionTimeout(LONGEST_WAIT_FOR_A_CONNECTION.toMillis());
        lane.setConnectionInitSql("set idle_in_transaction_session_timeout = '" + LONGEST_SILENCE.toMillis()
                + "ms'; set transaction_timeout = '" + LONGEST_TRANSACTION.toMillis() + "ms'; " + BY_KEY_ONLY);
        return new LanePool(new HikariDataSource(lane));
    }

    public DataSource dataSource() {
        return connections;
    }

    @Override
    public void close() {
        connections.close();
    }
}
