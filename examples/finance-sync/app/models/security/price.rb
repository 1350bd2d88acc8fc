class Security::Price < ApplicationRecord
  belongs_to :security
end
