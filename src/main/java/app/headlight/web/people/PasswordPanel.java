package app.headlight.web.people;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.web.component.Trouble;
import app.headlight.web.security.OpenSessions;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.server.VaadinSession;

/** Changing one's password. */
class PasswordPanel extends Div {

    private final PasswordField present = new PasswordField("Present password");
    private final PasswordField next = new PasswordField("New password");
    private final Span said = new Span();
    private final Trouble trouble = new Trouble();

    /** @param changed called when it was, since the account's other browsers are signed out then */
    PasswordPanel(Accounts accounts, Account account, Runnable changed) {
        addClassNames("hl-panel", "hl-recipe");
        setId("password");
        said.getElement().setAttribute("role", "status");
        said.addClassName("hl-muted");
        add(
                new H2("Password"),
                present,
                next,
                Rows.button("Change password", () -> change(accounts, account, changed)),
                said,
                trouble);
    }

    private void change(Accounts accounts, Account account, Runnable changed) {
        said.setText("");
        trouble.tried(() -> {
            accounts.changePassword(
                    account,
                    present.getValue(),
                    next.getValue(),
                    OpenSessions.signIn(VaadinSession.getCurrent().getSession()));
            present.clear();
            next.clear();
            said.setText("Changed. Your other browsers are signed out.");
            changed.run();
        });
    }
}
