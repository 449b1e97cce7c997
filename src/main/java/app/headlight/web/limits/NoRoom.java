package app.headlight.web.limits;

import app.headlight.ground.storage.DiskFullException;
import app.headlight.web.errors.ProblemResponse;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.server.DefaultErrorHandler;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Tells people that nothing was stored because the disk is full: 507 to a request, a message on an open page. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class NoRoom extends OncePerRequestFilter implements HandlerExceptionResolver, VaadinServiceInitListener {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | IOException | RuntimeException failed) {
            if (!DiskFullException.isReasonOf(failed) || response.isCommitted()) {
                throw failed;
            }
            response.reset();
            say(request, response);
        }
    }

    /** Where a controller fails, before anyone logs it as an error of the program. */
    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failed) {
        if (!DiskFullException.isReasonOf(failed) || response.isCommitted()) {
            return null;
        }
        try {
            say(request, response);
        } catch (IOException gone) {
            // nobody receives the answer
        }
        return new ModelAndView();
    }

    private static void say(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getRequestURI().startsWith("/api/")) {
            ProblemResponse.write(
                    response, HttpStatus.INSUFFICIENT_STORAGE, "No room to store it", DiskFullException.IN_WORDS);
            return;
        }
        response.setStatus(HttpStatus.INSUFFICIENT_STORAGE.value());
        response.setContentType(MediaType.TEXT_PLAIN_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getWriter().write(DiskFullException.IN_WORDS);
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource().addSessionInitListener(begun -> begun.getSession().setErrorHandler(NoRoom::say));
    }

    private static void say(ErrorEvent event) {
        UI page = UI.getCurrent();
        if (DiskFullException.isReasonOf(event.getThrowable()) && page != null) {
            Notification.show(DiskFullException.IN_WORDS, 0, Notification.Position.MIDDLE);
        } else {
            new DefaultErrorHandler().error(event);
        }
    }
}
