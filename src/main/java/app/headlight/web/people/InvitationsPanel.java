package app.headlight.web.people;

import app.headlight.people.Account;
import app.headlight.people.Invitations;
import app.headlight.people.Invitations.Invitation;
import app.headlight.people.Role;
import app.headlight.people.Settings;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;

/** How others come in: links of invitation, and whether anybody may join. */
class InvitationsPanel extends Div {

    private final Invitations invitations;
    private final Account admin;
    private final Select<Role> role = new Select<>();
    private final TextField link = new TextField("The link, shown this once; good for one person and seven days");
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
        link.setReadOnly(true);
        link.setVisible(false);
        link.setId("invitation-link");
        list.addClassName("hl-list");
        Checkbox open =
                new Checkbox("Anybody may join as a member, without an invitation", settings.isRegistrationOpen());
        open.setId("open-registration");
        open.addValueChangeListener(event -> settings.openRegistration(event.getValue()));
        add(new H2("Joining"), open, list, role, Rows.button("Make a link", this::make), link);
        show();
    }

    private void make() {
        String code = invitations.make(admin, role.getValue());
        getElement().executeJs("return location.origin").then(String.class, origin -> {
            link.setValue(origin + "/" + JoinView.PATH + "?code=" + code);
            link.setVisible(true);
        });
        show();
    }

    private void show() {
        list.removeAll();
        invitations.open().forEach(invitation -> list.add(row(invitation)));
    }

    private Div row(Invitation invitation) {
        return Rows.row(
                "Invitation for " + invitation.role().inWords(),
                "by " + invitation.madeBy() + ", open until " + Rows.time(invitation.expiresAt()),
                Rows.button("Revoke", () -> {
                    invitations.revoke(invitation.id());
                    show();
                }));
    }
}
