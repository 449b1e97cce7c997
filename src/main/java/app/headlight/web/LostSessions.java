package app.headlight.web;

import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import org.springframework.stereotype.Component;

/** What an open page says when the server no longer knows it: after a restart, or a long time away. */
@Component
class LostSessions implements VaadinServiceInitListener {

    @Override
    public void serviceInit(ServiceInitEvent event) {
        CustomizedSystemMessages messages = new CustomizedSystemMessages();
        messages.setSessionExpiredNotificationEnabled(true);
        messages.setSessionExpiredCaption("The server has been restarted, or this page was left for long");
        messages.setSessionExpiredMessage(
                "Click here or press Esc to open the view again: its address holds all of it, nothing is lost.");
        messages.setInternalErrorCaption("Something went wrong in the server");
        messages.setInternalErrorMessage(
                "Click here or press Esc to open the view again. The server's log says what happened.");
        event.getSource().setSystemMessagesProvider(info -> messages);
    }
}
