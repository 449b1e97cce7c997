package app.headlight.web.people;

import app.headlight.ground.people.AccessTokens;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.Departures;
import app.headlight.ground.people.Role;
import app.headlight.ground.people.SignIns;
import app.headlight.ground.people.SignedIn;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;

/** One's own account. */
@Route("account")
@PageTitle("Headlight · Account")
@PermitAll
public class AccountView extends Main {

    AccountView(
            SignedIn signedIn,
            Accounts accounts,
            SignIns signIns,
            AccessTokens tokens,
            Departures departures,
            News news) {
        addClassName("hl-people");
        Account account = signedIn.require(Role.READER);
        H1 name = new H1(account.name());
        Paragraph role = new Paragraph("You are " + account.role().inWords() + " here.");
        role.addClassName("hl-muted");
        SignInsPanel sessions = new SignInsPanel(signIns, () -> signIns.of(account.id()), false);
        Div columns = new Div(news.list(account.id()), sessions);
        columns.addClassName("hl-people-panels");
        if (accounts.hasPassword(account)) {
            columns.add(new PasswordPanel(accounts, account, sessions::show));
        }
        columns.add(new TokensPanel(tokens, account), new OwnRecordsPanel(departures, account));
        add(new Div(name, role), columns);
    }
}
