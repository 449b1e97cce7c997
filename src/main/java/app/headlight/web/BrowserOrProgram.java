package app.headlight.web;

import app.headlight.services.lab.Askers;
import com.vaadin.flow.server.VaadinSession;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Tells apart who asks the laboratory: each browser by its session, each program that asks REST by its address. */
@Component
class BrowserOrProgram implements Askers {

    @Override
    public String current() {
        VaadinSession session = VaadinSession.getCurrent();
        if (session != null) {
            return "browser " + System.identityHashCode(session);
        }
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                ? "program at " + request.getRequest().getRemoteAddr()
                : "";
    }
}
