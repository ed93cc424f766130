package org.voucherledger.benchmark.load;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A contender's connections: there when its turn begins, given back when it ends, for the server has only so many. */
public final class Connections {

    private Connections() {}

    /** Opens as many as the pool may have, so that its turn is not spent on that. */
    public static void open(HikariDataSource pool) {
        List<Connection> open = new ArrayList<>();
        try {
            try {
                while (open.size() < pool.getMaximumPoolSize()) {
                    open.add(pool.getConnection());
                }
            } finally {
                for (Connection connection : open) {
                    connection.close();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Closes those that are idle; the pool's least number of idle ones must be none. */
    public static void giveBack(HikariDataSource pool) {
        pool.getHikariPoolMXBean().softEvictConnections();
    }
}
