package app.headlight.web.people;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Invitations;
import app.headlight.ground.people.Invitations.Invitation;
import app.headlight.ground.people.Role;
import app.headlight.ground.people.Settings;
import app.headlight.web.component.CopyButton;
import app.headlight.web.component.Trouble;
import app.headlight.web.security.JoinView;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import java.util.List;

/** How others come in: links of invitation, and whether anybody may join. */
class InvitationsPanel extends Div {

    private static final int MOST = 50;

    private final Invitations invitations;
    private final Account admin;
    private final Select<Role> role = new Select<>();
    private final TextArea names = new TextArea("For whom? One name on each line: each gets a link");
    private final Trouble trouble = new Trouble();
    private final Div made = new Div();
    private final Div list = new Div();

    InvitationsPanel(Invitations invitations, Settings settings, Account admin) {
        this.invitations = invitations;
        this.admin = admin;
        addClassNames("hl-panel", "hl-recipe");
        setId("invitations");
        role.setLabel("Invite");
        role.setItems(Role.values());
        role.setItemLabelGenerator(Role::inWords);
        role.setValue(Role.MEMBER);
        names.setId("invited");
        names.setPlaceholder("Ada");
        made.setId("invitation-links");
        made.addClassName("hl-list");
        list.addClassName("hl-list");
        Checkbox open =
                new Checkbox("Anybody may join as a member, without an invitation", settings.isRegistrationOpen());
        open.setId("open-registration");
        open.addValueChangeListener(event -> settings.openRegistration(event.getValue()));
        add(new H2("Joining"), open, list, role, names, Rows.button("Make links", this::ask), trouble, made);
        show();
    }

    private void ask() {
        getElement().executeJs("return location.origin").then(String.class, this::make);
    }

    private void make(String origin) {
        List<String> invited = names.getValue()
                .lines()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        trouble.tried(() -> show(invite(invited), invited, origin));
    }

    /** @return a code for each; for nobody in particular, one */
    private List<String> invite(List<String> invited) {
        if (invited.size() > MOST) {
            throw new Refusal("These are " + invited.size() + " names; at most " + MOST + " links are made at once.");
        }
        return invitations.make(admin, role.getValue(), invited.isEmpty() ? List.of("") : invited);
    }

    private void show(List<String> codes, List<String> invited, String origin) {
        made.removeAll();
        made.add(new Span("The links are shown only this once. Each is for one person and valid for seven days."));
        for (int i = 0; i < codes.size(); i++) {
            String name = invited.isEmpty() ? "" : invited.get(i);
            made.add(row(name, origin + "/" + JoinView.PATH + "?code=" + codes.get(i)));
        }
        names.clear();
        show();
    }

    private static Div row(String name, String address) {
        TextField link = new TextField(name.isEmpty() ? "The link" : "For " + name);
        link.setValue(address);
        link.setReadOnly(true);
        Div row = new Div(link, new CopyButton("the link" + (name.isEmpty() ? "" : " for " + name), address));
        row.addClassName("hl-made-link");
        return row;
    }

    private void show() {
        list.removeAll();
        invitations.open().forEach(invitation -> list.add(row(invitation)));
    }

    private Div row(Invitation invitation) {
        return Rows.row(
                (invitation.name().isEmpty() ? "Invitation" : invitation.name()) + ", as "
                        + invitation.role().inWords(),
                "by " + invitation.madeBy() + ", open until " + Rows.time(invitation.expiresAt()),
                Rows.button("Revoke", () -> {
                    invitations.revoke(invitation.id());
                    show();
                }));
    }
}
