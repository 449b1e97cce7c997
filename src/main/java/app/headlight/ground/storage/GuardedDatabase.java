package app.headlight.ground.storage;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.stereotype.Component;

/**
 * Refuses to write to the embedded database if its disk has no {@link Room}, before H2 notices it: H2 would close
 * itself, also for everybody who reads.
 */
@Component
class GuardedDatabase implements BeanPostProcessor {

    private static final Pattern READS =
            Pattern.compile("\\s*(select|with|values|show|explain)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Room room;

    GuardedDatabase(Room room) {
        this.room = room;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource database && room.isEmbedded() ? new Guarded(database) : bean;
    }

    private final class Guarded extends DelegatingDataSource {

        Guarded(DataSource database) {
            super(database);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    Guarded.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("equals")) {
                            return proxy == arguments[0];
                        }
                        if (method.getName().equals("prepareStatement")) {
                            check((String) arguments[0]);
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException failed) {
                            throw failed.getCause();
                        }
                    });
        }

        private void check(String sql) throws SQLException {
            if (!room.isLeft() && !READS.matcher(sql).matches()) {
                throw new SQLException("the disk has no room for: " + sql, DiskFullException.STATE);
            }
        }
    }
}
