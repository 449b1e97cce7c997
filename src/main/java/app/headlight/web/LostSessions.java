package app.headlight.web;

import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import org.springframework.stereotype.Component;

/**
 * What an open page does when the server no longer knows it, after a restart or a long time away: it opens again at its
 * address, and {@code frontend/connection} says so.
 */
@Component
class LostSessions implements VaadinServiceInitListener {

    @Override
    public void serviceInit(ServiceInitEvent event) {
        CustomizedSystemMessages messages = new CustomizedSystemMessages();
        messages.setSessionExpiredNotificationEnabled(false);
        messages.setInternalErrorCaption("Something went wrong in the server");
        messages.setInternalErrorMessage(
                "Click here or press Esc to open the view again. The server's log says what happened.");
        event.getSource().setSystemMessagesProvider(info -> messages);
    }
}
