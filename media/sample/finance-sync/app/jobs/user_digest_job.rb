# Mails every user who asked for it what their accounts are worth.
class UserDigestJob < ApplicationJob
  queue_as :low

  def perform(on: Date.current)
    worth = Account.group(:user_id).sum(:balance)
    outbox = DigestOutbox.new(on)

    User.all.each do |user|
      next unless user.digest?

      outbox.deliver(user.email, digest_for(user, worth.fetch(user.id, 0)))
    end

    outbox.close
  end

  private

  def digest_for(user, total)
    "Dear #{user.name},\n\nyour accounts are worth #{total.to_d.round(2).to_s("F")} today.\n"
  end
end
