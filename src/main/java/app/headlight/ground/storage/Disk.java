package app.headlight.ground.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Watches whether the disk of the database is full. If H2 meets a full disk itself, it closes, and stays closed as long
 * as connections to it exist; so these are closed at the first error, and H2 is opened again.
 */
@Component
class Disk {

    private static final Logger LOG = System.getLogger(Disk.class.getName());

    private static final String NO_ROOM = "The disk of the database is full, or has less than 16 MB left.";
    private static final String TRIED = "tried to write";

    private final DataSource database;
    private final Room room;
    private volatile boolean full;

    Disk(DataSource database, Room room) {
        this.database = database;
        this.room = room;
    }

    /** Called at every error of the database. */
    @Bean
    static SQLExceptionTranslator errors(DataSource database, ObjectProvider<Disk> disk) {
        SQLExceptionTranslator others = new SQLErrorCodeSQLExceptionTranslator(database);
        return (task, sql, failed) ->
                disk.getObject().isMeant(failed) ? new DiskFullException(failed) : others.translate(task, sql, failed);
    }

    @Bean
    static TransactionManagerCustomizer<JdbcTransactionManager> errorsOfCommits(SQLExceptionTranslator errors) {
        return transactions -> transactions.setExceptionTranslator(errors);
    }

    private boolean isMeant(SQLException failed) {
        boolean noRoom = DiskFullException.isReasonOf(failed);
        if (noRoom && !full) {
            full = true;
            LOG.log(Level.ERROR, "the disk of the database is full: {0}", failed.getMessage());
        }
        if (BrokenConnections.isBroken(failed)) {
            letConnectionsGo();
        }
        return noRoom;
    }

    private void letConnectionsGo() {
        try {
            database.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
        } catch (SQLException noPool) {
            LOG.log(Level.DEBUG, "no pool to let connections go from", noPool);
        }
    }

    /** Tries whether there is room again. */
    @Scheduled(fixedDelay = 2000, initialDelay = 2000)
    void tryAgain() {
        if (full && isWritable()) {
            LOG.log(Level.INFO, "the disk of the database has room again");
        }
    }

    /** Writes a little, and forgets that the disk was full if that is stored and there is room for more. */
    boolean isWritable() {
        if (!room.isLeft()) {
            return false;
        }
        try (Connection connection = database.getConnection()) {
            write(connection, "delete from setting where name = ?");
            write(connection, "insert into setting (name, chosen) values (?, '')");
            full = false;
            return true;
        } catch (SQLException failed) {
            isMeant(failed);
            return false;
        }
    }

    private static void write(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, TRIED);
            statement.executeUpdate();
        }
    }

    /** A reason for the database's failure in words; null if it answers. */
    @Nullable
    String trouble() {
        if (!room.isLeft() || full && !isWritable()) {
            return NO_ROOM;
        }
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("select count(*) from setting")) {
            statement.executeQuery().next();
            return null;
        } catch (SQLException failed) {
            return isMeant(failed) ? NO_ROOM : "The database does not answer.";
        }
    }
}
