package app.headlight.web.people;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.Departures;
import app.headlight.ground.people.Invitations;
import app.headlight.ground.people.Role;
import app.headlight.ground.people.Settings;
import app.headlight.ground.people.SignIns;
import app.headlight.ground.people.SignedIn;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;

/** What admins see to: who is here, who may come, who is signed in. */
@Route("admin")
@PageTitle("Headlight · Admin")
@RolesAllowed("ADMIN")
public class AdminView extends Main {

    AdminView(
            SignedIn signedIn,
            Accounts accounts,
            Departures departures,
            Invitations invitations,
            Settings settings,
            SignIns signIns) {
        addClassName("hl-people");
        Account admin = signedIn.require(Role.ADMIN);
        Paragraph access = new Paragraph(
                settings.isPrivate()
                        ? "This instance is private: people who are not signed in see nothing of it."
                        : "Anybody can read here; writing needs an account.");
        access.addClassName("hl-muted");
        SignInsPanel sessions = new SignInsPanel(signIns, signIns::all, true);
        Div columns = new Div(
                new PeoplePanel(accounts, departures, admin, sessions::show),
                new InvitationsPanel(invitations, settings, admin),
                sessions);
        columns.addClassName("hl-people-panels");
        add(new Div(new H1("Admin"), access), columns);
    }
}
