package app.headlight.web;

import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import org.springframework.stereotype.Component;

/**
 * Lets an open page that the server no longer knows, after a restart or a long time, open again at its address;
 * {@code frontend/connection} says so.
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
