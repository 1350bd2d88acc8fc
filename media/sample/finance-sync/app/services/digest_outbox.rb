# Takes one day's digests and keeps them in a file, from which a mailer sends them.
class DigestOutbox
  def initialize(date)
    path = Rails.root.join("tmp/outbox/#{date}.txt")
    path.dirname.mkpath
    @file = path.open("w")
  end

  def deliver(email, body)
    @file << "To: " << email << "\n\n" << body << "\n"
  end

  def close
    @file.close
  end
end
