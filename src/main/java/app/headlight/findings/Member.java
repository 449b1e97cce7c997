package app.headlight.findings;

/**
 * Who asks for a change.
 *
 * @param account its id
 * @param name at most 60 characters
 * @param admin whether what others wrote may be changed as well
 */
public record Member(long account, String name, boolean admin) {

    /** Whether this one may edit a finding. */
    public boolean mayEdit(Finding finding) {
        return admin || finding.isBy(account);
    }

    /** Whether this one may change what that author wrote. */
    public boolean mayChange(Author author) {
        return admin || (author.account() != null && author.account() == account);
    }
}
