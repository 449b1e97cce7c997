package app.headlight.web.errors;

import app.headlight.engine.refusal.Refusal;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.Notification.Position;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Replaces the error answers of Tomcat and Vaadin by those of this package. */
@Component
class ServerErrors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, VaadinServiceInitListener {

    private static final int NOTICE_MILLIS = 8_000;

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(ServerErrors::report);
        // The name of a model may contain a backslash, which must not count as a slash.
        factory.addConnectorCustomizers(connector ->
                connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
    }

    private static void report(Context context) {
        if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(ErrorReports.class.getName());
        }
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource().addSessionInitListener(session -> session.getSession().setErrorHandler(ServerErrors::tell));
    }

    private static void tell(ErrorEvent event) {
        Throwable thrown = event.getThrowable();
        if (cause(thrown, Refusal.class) == null) {
            Faults.tell("a page", thrown);
        }
        if (UI.getCurrent() != null) {
            Notification.show(notice(thrown), NOTICE_MILLIS, Position.BOTTOM_CENTER)
                    .setAssertive(true);
        }
    }

    /** What a page says of an exception that no form has caught. */
    static String notice(Throwable thrown) {
        Refusal refused = cause(thrown, Refusal.class);
        if (refused != null) {
            return refused.getMessage();
        }
        boolean database =
                cause(thrown, DataAccessException.class) != null || cause(thrown, TransactionException.class) != null;
        return database
                ? "The database cannot be reached, or stores nothing at the moment. Try again in a while."
                : "Something went wrong in the server; its log says what it was.";
    }

    private static <T extends Throwable> @Nullable T cause(Throwable thrown, Class<T> kind) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return kind.cast(cause);
            }
        }
        return null;
    }
}
